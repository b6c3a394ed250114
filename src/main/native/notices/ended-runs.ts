import { isTerminal, type Run } from '../../../shared/domain/run.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';

/** Tells, from rows that changed, which runs and sweeps have just ended: each of them once. */
export class EndedRuns {
  readonly #open: Set<string>;
  readonly #told = new Set<string>();
  readonly #toldSweeps = new Set<string>();
  readonly #since: number;

  /** `open`: ids of the runs that have not ended yet; `since`: now, in ms since 1970. */
  constructor(open: Iterable<string>, since: number) {
    this.#open = new Set(open);
    this.#since = since;
  }

  /** Those of the changed rows that ended since the last call. */
  take(changed: readonly Run[]): Run[] {
    return changed.filter((run) => this.#hasJustEnded(run));
  }

  /** Whether a sweep has just come to its end; to be asked when a cell of it has ended. */
  takeSweep(sweep: Sweep): boolean {
    this.reopen([sweep]);
    if (!isOver(sweep) || this.#toldSweeps.has(sweep.id)) return false;
    this.#toldSweeps.add(sweep.id);
    return true;
  }

  /** Takes note of sweeps of which cells are run once more: they will end again. */
  reopen(changed: readonly Sweep[]): void {
    for (const sweep of changed) if (!isOver(sweep)) this.#toldSweeps.delete(sweep.id);
  }

  #hasJustEnded(run: Run): boolean {
    if (!isTerminal(run.state)) {
      this.#open.add(run.id);
      return false;
    }
    const wasOpen = this.#open.delete(run.id);
    // One that ended so soon that it was never seen before. What was imported has ended long ago.
    const isNew = run.engine !== null && run.createdAt >= this.#since;
    if (this.#told.has(run.id) || !(wasOpen || isNew)) return false;
    this.#told.add(run.id);
    return true;
  }
}

const isOver = ({ states }: Sweep): boolean =>
  Object.entries(states).every(([state, n]) => n === 0 || isTerminal(state as Run['state']));
