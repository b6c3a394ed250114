import type { MetricNews } from '../../../shared/domain/tracked.ts';

/** A series as the window holds it: its points in two columns, which grow in place. */
export interface SeriesData {
  id: number;
  name: string;
  /** Points of the whole series; fewer are held where it was thinned. */
  count: number;
  /** Points that are held. */
  length: number;
  steps: Float64Array<ArrayBuffer>;
  values: Float64Array<ArrayBuffer>;
  /** When each was logged, in ms since 1970; not a number where that is not known. */
  times: Float64Array<ArrayBuffer>;
  /** Whether every step is greater than or equal to the one before it. */
  sorted: boolean;
  last: number | null;
}

export type SeriesMap = ReadonlyMap<number, SeriesData>;

const FIRST_ROOM = 256;

/** What a reader says it has, to be told what is new. */
export const haveOf = (series: SeriesMap): { id: number; count: number }[] =>
  [...series.values()].map(({ id, count }) => ({ id, count }));

/** The series with what is new; the same map when nothing is. */
export function withNews(series: SeriesMap, { changed, gone }: MetricNews): SeriesMap {
  if (changed.length === 0 && gone.length === 0) return series;
  const next = new Map(series);
  for (const id of gone) next.delete(id);
  for (const news of changed) {
    const have = next.get(news.id);
    if (news.from === 0) next.set(news.id, grown(emptySeries(news), news));
    else if (have?.count === news.from) next.set(news.id, grown(have, news));
    // It does not fit: without it, the next answer has all of it.
    else next.delete(news.id);
  }
  return next;
}

type News = MetricNews['changed'][number];

const emptySeries = ({ id, name }: News): SeriesData => ({
  ...{ id, name, count: 0, length: 0, sorted: true, last: null },
  steps: new Float64Array(0),
  values: new Float64Array(0),
  times: new Float64Array(0),
});

/** What is shown of the old object stays as it is: only places behind its end are written. */
function grown(old: SeriesData, { points, count, last }: News): SeriesData {
  const length = old.length + points.length;
  const steps = withRoom(old.steps, old.length, length);
  const values = withRoom(old.values, old.length, length);
  const times = withRoom(old.times, old.length, length);
  let { sorted } = old;
  points.forEach(({ step, value, at: time }, i) => {
    const at = old.length + i;
    steps[at] = step;
    values[at] = value;
    times[at] = time ?? Number.NaN;
    if (at > 0 && step < steps[at - 1]!) sorted = false;
  });
  return { ...old, count, length, steps, values, times, sorted, last: last ?? old.last };
}

function withRoom(
  array: Float64Array<ArrayBuffer>,
  used: number,
  needed: number,
): Float64Array<ArrayBuffer> {
  if (needed <= array.length) return array;
  const larger = new Float64Array(Math.max(FIRST_ROOM, array.length * 2, needed));
  larger.set(array.subarray(0, used));
  return larger;
}

/** Index of the point whose step is nearest; -1 for none. */
export function nearest({ steps, length, sorted }: SeriesData, step: number): number {
  if (length === 0) return -1;
  if (!sorted) return nearestOfAny(steps, length, step);
  const after = Math.min(length - 1, firstFrom(steps, length, step));
  if (after === 0) return 0;
  return step - steps[after - 1]! <= steps[after]! - step ? after - 1 : after;
}

/** The first index whose step is at least `step`; `length` when there is none. Steps must be in order. */
export function firstFrom(steps: Float64Array, length: number, step: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearestOfAny(steps: Float64Array, length: number, step: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) {
    if (Math.abs(steps[i]! - step) < Math.abs(steps[best]! - step)) best = i;
  }
  return best;
}

/** Whether it is known of any point when it was logged. */
export const isTimed = ({ times, length }: SeriesData): boolean =>
  times.subarray(0, length).some((time) => !Number.isNaN(time));

/** The same series over the seconds since a time (in ms since 1970); points of no known time are left out. */
export function byTime(series: SeriesData, origin: number): SeriesData {
  const { times, values, length } = series;
  const kept = Array.from({ length }, (_, i) => i).filter((i) => !Number.isNaN(times[i]!));
  const steps = Float64Array.from(kept, (i) => (times[i]! - origin) / 1000);
  return {
    ...series,
    length: kept.length,
    steps,
    values: Float64Array.from(kept, (i) => values[i]!),
    times: Float64Array.from(kept, (i) => times[i]!),
    sorted: steps.every((step, i) => i === 0 || step >= steps[i - 1]!),
  };
}
