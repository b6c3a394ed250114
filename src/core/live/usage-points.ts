import type { UsageSample } from '../engines/engine.ts';
import type { PointTaker } from './live-run.ts';

/** Up to this age of a run every sample is kept, and then one in a while. */
const DENSE_MS = 10 * 60_000;
const SPARSE_MS = 5000;

const SERIES: [name: string, value: keyof Omit<UsageSample, 'at'>][] = [
  ['usage/cpu', 'cpuPercent'],
  ['usage/memory', 'memoryBytes'],
  ['usage/network in', 'networkIn'],
  ['usage/network out', 'networkOut'],
  ['usage/disk read', 'diskRead'],
  ['usage/disk written', 'diskWritten'],
];

/** What a run uses of the machine, over the seconds since its start. */
export class UsagePoints {
  readonly #points: PointTaker;
  #startedAt: number | null;
  #lastAt = Number.NEGATIVE_INFINITY;

  /** `startedAt`: ms since 1970; null counts from the first sample. */
  constructor(points: PointTaker, startedAt: number | null) {
    this.#points = points;
    this.#startedAt = startedAt;
  }

  take(sample: UsageSample): void {
    this.#startedAt ??= sample.at;
    const age = sample.at - this.#startedAt;
    if (age > DENSE_MS && sample.at - this.#lastAt < SPARSE_MS) return;
    this.#lastAt = sample.at;
    for (const [name, key] of SERIES) {
      const value = sample[key];
      if (value !== null) this.#points.add(name, Math.max(0, age / 1000), sample.at, value);
    }
  }
}
