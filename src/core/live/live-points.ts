import { PointBuffer } from '../metrics/series-codec.ts';
import type { SeriesSource, SeriesStore } from '../metrics/series-store.ts';
import type { PointTaker } from './live-run.ts';

/** Names that wait at once: more cannot be stored for a run either. */
const NAME_LIMIT = 5000;

/**
 * Points of one source of a run on their way to the store. What an earlier process stored of the source
 * goes when the first new ones are stored: they are all read again.
 */
export class LivePoints implements PointTaker {
  readonly #store: SeriesStore;
  readonly #runId: string;
  readonly #source: SeriesSource;
  #waiting = new Map<string, PointBuffer>();
  #isFresh: boolean;

  /** `goesOn`: what is stored stays, and the new points go behind it. */
  constructor(store: SeriesStore, runId: string, source: SeriesSource, goesOn = false) {
    this.#store = store;
    this.#runId = runId;
    this.#source = source;
    this.#isFresh = !goesOn;
  }

  add(name: string, step: number, at: number | null, value: number): void {
    let points = this.#waiting.get(name);
    if (!points) {
      if (this.#waiting.size >= NAME_LIMIT) return;
      this.#waiting.set(name, (points = new PointBuffer()));
    }
    points.add(step, at, value);
  }

  restart(): void {
    this.#waiting = new Map();
    this.#isFresh = true;
  }

  /** Stores what waits, in one transaction. */
  flush(): void {
    if (this.#waiting.size === 0) return;
    if (this.#isFresh) this.#store.clear(this.#runId, this.#source);
    this.#isFresh = false;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    this.#store.append(this.#runId, waiting, this.#source);
  }
}
