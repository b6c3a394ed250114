import type { EnvironmentUse, RoomFacts } from './room-facts.ts';

const DAY_MS = 24 * 60 * 60_000;
/** What a run used within so many days stays at hand, though it could be made again. */
export const UNUSED_DAYS = 14;

/** Whether an image or environment stays, and why it does or may go. */
export interface Verdict {
  keep: boolean;
  because: string;
  jobId: string | null;
  /** When a run used it last, ms since 1970. */
  usedAt: number | null;
}

const WHY = {
  newest: 'the newest version',
  alias: 'which has an alias',
  waiting: 'of which a run waits or goes on',
} as const;

/**
 * What is decided of images and environments, which can be made again from the snapshot. They stay for runs
 * that wait or go on, for starred runs, for what versions with an alias and the newest of each job used last,
 * and while they were used not long ago.
 */
export class KeepRules {
  readonly #uses = new Map<string, EnvironmentUse[]>();
  readonly #newestOf = new Map<string, EnvironmentUse>();
  readonly #wanted: ReadonlyMap<string, keyof typeof WHY>;
  readonly #now: number;

  constructor(facts: Pick<RoomFacts, 'uses' | 'wanted'>, now: number) {
    this.#now = now;
    this.#wanted = new Map(facts.wanted.map(({ id, why }) => [id, why]));
    for (const use of facts.uses) {
      this.#uses.set(use.name, [...(this.#uses.get(use.name) ?? []), use]);
      const newest = this.#newestOf.get(use.versionId);
      if (!newest || newest.seq < use.seq) this.#newestOf.set(use.versionId, use);
    }
  }

  of(name: string): Verdict {
    const uses = this.#uses.get(name) ?? [];
    const last = uses.reduce<EnvironmentUse | null>(
      (best, use) => (best && best.usedAt > use.usedAt ? best : use),
      null,
    );
    const why = this.#whyKept(uses);
    const common = { jobId: last?.jobId ?? null, usedAt: last?.usedAt ?? null };
    if (why !== null) return { keep: true, because: why, ...common };
    if (last === null) return { keep: false, because: 'no run uses it', ...common };
    const days = Math.floor((this.#now - last.usedAt) / DAY_MS);
    // A clock that was set back says nothing of how long ago something was.
    if (days < UNUSED_DAYS) {
      return { keep: true, because: `used by ${last.label} within ${UNUSED_DAYS} days`, ...common };
    }
    return { keep: false, because: `no run used it for ${days} days`, ...common };
  }

  #whyKept(uses: readonly EnvironmentUse[]): string | null {
    const going = uses.find(({ isGoing }) => isGoing);
    if (going) return `a run of ${going.label} uses it now`;
    const starred = uses.find(({ isStarred }) => isStarred);
    if (starred) return `used by a starred run of ${starred.label}`;
    for (const use of uses) {
      const why = this.#wanted.get(use.versionId);
      if (why && this.#newestOf.get(use.versionId) === use)
        return `used by ${use.label}, ${WHY[why]}`;
    }
    return null;
  }
}
