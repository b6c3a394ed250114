import { PRIORITIES, type Priority } from '../../../shared/domain/run.ts';

/** Heights in px, of the head of a priority and of a run: as in `waiting.module.css`. */
export const HEAD = 24;
export const ROW = 33;

/** The part of a list that has one priority. Places count the runs that wait, from 0. */
interface Lane {
  priority: Priority;
  /** The place of its first run. */
  first: number;
  count: number;
  /** Where its head begins, in px. */
  top: number;
}

/** Where everything stands in the list, whether it is known or not. */
export interface Lanes {
  lanes: readonly Lane[];
  total: number;
  height: number;
}

export function lanesOf(waitingOf: Readonly<Record<Priority, number>>): Lanes {
  let [total, height] = [0, 0];
  const lanes = PRIORITIES.map((priority) => {
    const lane = { priority, first: total, count: waitingOf[priority], top: height };
    total += lane.count;
    height += HEAD + lane.count * ROW;
    return lane;
  });
  return { lanes, total, height };
}

/** Where the run at a place begins, in px. */
export function topOf({ lanes }: Lanes, place: number): number {
  const lane = lanes.findLast(({ first, count }) => count > 0 && first <= place) ?? lanes.at(-1)!;
  return lane.top + HEAD + (place - lane.first) * ROW;
}

/** The places of which something lies between two heights: the first, and the one behind the last. */
export function placesBetween({ lanes }: Lanes, top: number, bottom: number): [number, number] {
  const within = lanes.flatMap((lane) => {
    const start = lane.top + HEAD;
    const from = Math.max(0, Math.floor((top - start) / ROW));
    const to = Math.min(lane.count, Math.ceil((bottom - start) / ROW));
    return from < to ? [[lane.first + from, lane.first + to] as const] : [];
  });
  return [within[0]?.[0] ?? 0, within.at(-1)?.[1] ?? 0];
}
