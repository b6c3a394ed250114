import type { LeftOut } from '../shared/domain/snapshot.ts';
import { say } from './output.ts';

/** What a person did not ask to leave out, in the order it is told, and how many paths are named. */
const TOLD = [
  // A person must see each of them: what is missing may be what the job needs.
  ['secret', 'looks like a secret (--include-secret <path> takes one in)', 50],
  ['unreadable', 'cannot be read', 5],
  ['special', 'is no file, folder or link', 5],
] as const;

/** Tells on stderr what is not in the snapshot though no rule of the person's says so. */
export function reportLeftOut(leftOut: readonly LeftOut[]): void {
  for (const [reason, why, most] of TOLD) {
    const paths = leftOut.filter((entry) => entry.reason === reason).map((entry) => entry.path);
    if (paths.length === 0) continue;
    const more = paths.length - most;
    const rest = more > 0 ? ` and ${more} more` : '';
    say(`  left out, ${why}: ${paths.slice(0, most).join(', ')}${rest}`);
  }
}
