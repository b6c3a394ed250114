import type { WaitReason } from '../../shared/domain/queue.ts';

/** What has not lasted as long passes: it is not worth a line. */
const SETTLED_MS = 400;
/** Least time between lines about one kind of reason: "3 before it", "needs 8 GiB, 3.1 GiB free now". */
const SAME_KIND_MS = 10_000;
/** The same between lines of any kind. */
const ANY_KIND_MS = 2000;

/** Decides when a person who watches is told why a run waits: each change of it once, and never a storm. */
export class WaitTeller {
  #told: { code: string; text: string; at: number } | null = null;
  #seen: { text: string; since: number } | null = null;

  /** The line to say now, if any. `now`: ms of a clock that does not jump. */
  look({ code, text, next }: WaitReason, now: number): string | null {
    if (this.#seen?.text !== text) this.#seen = { text, since: now };
    const told = this.#told;
    if (told?.text === text || now - this.#seen.since < SETTLED_MS) return null;
    if (told && now - told.at < (told.code === code ? SAME_KIND_MS : ANY_KIND_MS)) return null;
    this.#told = { code, text, at: now };
    return `waits: ${text}${next === null ? '' : ` (${next})`}`;
  }
}
