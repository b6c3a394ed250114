import type { WaitReason } from '../../shared/domain/queue.ts';

/** What has not lasted as long passes: it is not worth a line. A start takes its time. */
const SETTLED_MS = 400;
const START_MS = 5000;
/** Least time between lines about one kind of reason: "3 before it", "needs 8 GiB, 3.1 GiB free now". */
const SAME_KIND_MS = 10_000;
/** The same between lines of any kind. */
const ANY_KIND_MS = 2000;

/** Decides when a person who watches is told why a run waits: each change of it once, and never a storm. */
export class WaitTeller {
  #told: { code: string; text: string; at: number } | null = null;
  #seen: { text: string; since: number } | null = null;

  /** Whether to tell it now. `now`: ms of a clock that does not jump. */
  isDue({ code, text }: WaitReason, now: number): boolean {
    if (this.#seen?.text !== text) this.#seen = { text, since: now };
    const settled = now - this.#seen.since >= (code === 'next' ? START_MS : SETTLED_MS);
    const told = this.#told;
    if (!settled || told?.text === text) return false;
    if (told && now - told.at < (told.code === code ? SAME_KIND_MS : ANY_KIND_MS)) return false;
    this.#told = { code, text, at: now };
    return true;
  }
}
