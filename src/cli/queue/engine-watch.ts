import type { EngineStatus } from '../../shared/domain/engine.ts';
import { plural } from '../../shared/format.ts';
import { clockText } from '../../shared/clock-text.ts';
import { delay } from '../../core/scope.ts';

/** How often an engine is asked that answers, and one that does not. */
const THERE_MS = 5000;
const AWAY_MS = 1000;
/** So many looks in a row have to fail: one that is restarted, or a busy machine, is not worth a line. */
const FAILURES = 2;

export interface EngineWatchParts {
  status(signal: AbortSignal): Promise<EngineStatus>;
  /** How many runs need it. */
  needed(): number;
  tell(status: EngineStatus, text: string): void;
}

/** Tells once that an engine which runs need does not answer, and once that it does again. */
export class EngineWatch {
  readonly #parts: EngineWatchParts;
  #failed = 0;
  #isTold = false;

  constructor(parts: EngineWatchParts) {
    this.#parts = parts;
  }

  /** Until the signal. Never throws: a look that fails by itself is done again. */
  async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#look(signal).catch(() => undefined);
      await delay(this.#failed > 0 ? AWAY_MS : THERE_MS, signal).catch(() => undefined);
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    if (this.#parts.needed() === 0 && !this.#isTold) {
      this.#failed = 0;
      return;
    }
    const status = await this.#parts.status(signal);
    if (signal.aborted) return;
    this.#failed = status.available ? 0 : this.#failed + 1;
    const isAway = this.#failed >= FAILURES;
    const isNews = isAway ? !this.#isTold : status.available && this.#isTold;
    if (!isNews) return;
    this.#isTold = isAway;
    this.#parts.tell(status, isAway ? awayText(status, this.#parts.needed()) : BACK);
  }
}

const BACK = 'Docker is available again; everything goes on';

function awayText({ since, text, fix }: EngineStatus, runs: number): string {
  const time = since === null ? 'is not available now' : awaySince(since);
  const waiting = `${plural(runs, 'run')} ${runs === 1 ? 'waits' : 'wait'} for it`;
  return `Docker ${time}; ${waiting}. ${text}${fix === null ? '' : ` ${fix}`}`;
}

const awaySince = (since: number): string =>
  `has not been available since ${clockText(since, Date.now())}`;
