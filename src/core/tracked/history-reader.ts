import { noValues } from '../../shared/domain/json.ts';
import type { HistoryRow, Series, SystemSample, TrackedValue } from './tracked-run.ts';
import { itemValue, timeOrNull, type Item } from './wire-parts.ts';

/** Names that are counted; a run that logs more still has its rows. */
const SERIES_LIMIT = 10_000;

/** Turns history and measurements into rows, and counts what is in them. */
export class HistoryReader {
  rows = 0;
  /** Values that are no JSON. */
  unreadable = 0;
  readonly #series = new Map<string, Series>();

  row(items: readonly Item[], step: number | null): HistoryRow {
    const row: HistoryRow = { step, time: null, runtime: null, values: noValues() };
    for (const item of items) {
      const value = this.#value(item);
      if (value !== undefined) this.#put(row, nameOf(item.path), value);
    }
    if (!isStep(row.step)) row.step = null;
    this.rows++;
    return row;
  }

  sample(items: readonly Item[], time: number | null): SystemSample {
    const values = noValues() as Record<string, number>;
    for (const item of items) {
      const value = this.#value(item);
      if (typeof value === 'number') values[nameOf(item.path)] = value;
    }
    return { time, values };
  }

  series(): Series[] {
    return [...this.#series.values()];
  }

  #value(item: Item): TrackedValue | undefined {
    try {
      return itemValue(item);
    } catch {
      this.unreadable++;
      return undefined;
    }
  }

  #put(row: HistoryRow, name: string, value: TrackedValue): void {
    const isNumber = typeof value === 'number';
    if (name === '_step') row.step = isNumber ? value : null;
    else if (name === '_runtime') row.runtime = isNumber ? value : null;
    else if (name === '_timestamp') row.time = isNumber ? timeOrNull(value * 1000) : null;
    else {
      row.values[name] = value;
      if (value !== null) this.#count(name, typeof value as 'number');
    }
  }

  #count(name: string, type: Exclude<Series['type'], 'mixed'>): void {
    const series = this.#series.get(name);
    if (series) {
      series.points++;
      if (series.type !== type) series.type = 'mixed';
    } else if (this.#series.size < SERIES_LIMIT) {
      this.#series.set(name, { name, type, points: 1 });
    }
  }
}

const nameOf = (path: readonly string[]): string =>
  path.length === 1 ? (path[0] ?? '') : path.join('.');

const isStep = (step: number | null): boolean =>
  step !== null && Number.isSafeInteger(step) && step >= 0;
