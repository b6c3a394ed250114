import type { Changes } from '../../../shared/contract/events.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { Core } from '../../../core/create-core.ts';
import { noticesOf, type Notice } from './end-notices.ts';
import { EndedRuns } from './ended-runs.ts';

/** Ends within this time are told together, in ms. */
const CALM_MS = 400;
/** What was found to have ended is read to its end first, so long after the start of following. */
const CATCH_UP_MS = 4000;

export interface EndWatchParts {
  core: Pick<Core, 'activity' | 'repos' | 'runs' | 'settings'>;
  runInView(): string | null;
  show(notice: Notice): void;
}

/** Tells of runs and sweeps that end. */
export class EndWatch {
  readonly #parts: EndWatchParts;
  readonly #ended: EndedRuns;
  #batch: Run[] = [];
  #timer: NodeJS.Timeout | undefined;
  #whileAway = true;
  #isOver = false;

  /** To be made before runs are followed: what has not ended by now, and is found to have, ended while away. */
  constructor(parts: EndWatchParts) {
    this.#parts = parts;
    this.#ended = new EndedRuns(parts.core.activity.notEnded(), Date.now());
  }

  /** Takes note of rows that changed; returns the runs that have just ended. */
  follow({ runs, sweeps }: Changes): Run[] {
    this.#ended.reopen(sweeps);
    const ended = this.#ended.take(runs);
    this.#batch.push(...ended);
    if (this.#batch.length > 0 && !this.#whileAway) this.#timer ??= this.#tellIn(CALM_MS);
    return ended;
  }

  /** Runs are followed from now on; what ended while nobody did is told together. */
  caughtUp(): void {
    if (!this.#isOver) this.#timer ??= this.#tellIn(CATCH_UP_MS);
  }

  /** For good. */
  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #tellIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#tell(), ms).unref();
  }

  #tell(): void {
    this.#timer = undefined;
    const runs = this.#batch;
    this.#batch = [];
    const { core, runInView, show } = this.#parts;
    const circumstances = {
      notify: core.settings.get().notify,
      inView: runInView(),
      whileAway: this.#whileAway,
      isTriedAgain: (runId: string) => core.runs.nextTry(runId) !== null,
    };
    this.#whileAway = false;
    noticesOf({ runs, sweeps: this.#sweepsOf(runs) }, circumstances).forEach(show);
  }

  #sweepsOf(runs: readonly Run[]) {
    const ids = new Set(runs.flatMap(({ sweep }) => (sweep ? [sweep.id] : [])));
    return [...ids]
      .map((id) => this.#parts.core.repos.sweeps.get(id))
      .filter((sweep) => sweep !== null)
      .filter((sweep) => this.#ended.takeSweep(sweep));
  }
}
