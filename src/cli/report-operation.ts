import type { Progress } from '../core/snapshots/snapshots.ts';
import { say } from './output.ts';

/** Lines of progress are for a person who waits, not a log: one in a while is enough. */
const EVERY_MS = 2000;

/** Tells the progress of a fetch, pull or snapshot on stderr: each new kind of work, then now and then. */
export function operationReporter(): (progress: Progress) => void {
  let lastText = '';
  let lastAt = 0;
  return ({ text, done, total }) => {
    const kind = text.replaceAll(/\d+/g, '');
    const now = performance.now();
    if (kind === lastText && now - lastAt < EVERY_MS) return;
    lastText = kind;
    lastAt = now;
    say(total === null || total === 0 ? text : `${text} (${Math.floor((100 * done) / total)} %)`);
  };
}
