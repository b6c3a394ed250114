import type { LeftOut } from '../shared/domain/snapshot.ts';
import { say } from './output.ts';

/** What a person did not ask to leave out, in the order it is told. */
const TOLD = [
  ['secret', 'looks like a secret (--include-secret <path> takes one in)'],
  ['unreadable', 'cannot be read'],
  ['special', 'is no file, folder or link'],
] as const;
const MOST_PATHS = 5;

/** Tells on stderr what is not in the snapshot though no rule of the person's says so. */
export function reportLeftOut(leftOut: readonly LeftOut[]): void {
  for (const [reason, why] of TOLD) {
    const paths = leftOut.filter((entry) => entry.reason === reason).map((entry) => entry.path);
    if (paths.length === 0) continue;
    const more = paths.length - MOST_PATHS;
    const rest = more > 0 ? ` and ${more} more` : '';
    say(`  left out, ${why}: ${paths.slice(0, MOST_PATHS).join(', ')}${rest}`);
  }
}
