import type { RoomItem, RoomKind } from '../../shared/domain/room.ts';

/** A thing that takes room, with how it is named when it is to be freed. */
export interface Found extends RoomItem {
  key: string;
}

/** What one kind of things takes. */
export interface Measured {
  bytes: number;
  /** All that can be freed, and the largest of what cannot. */
  items: Found[];
  /** What of it belongs to each job. */
  jobs: ReadonlyMap<string, number>;
  /** Why it could not be measured; null when it was. */
  problem: string | null;
}

export const nothing = (problem: string | null = null): Measured => ({
  bytes: 0,
  items: [],
  jobs: new Map(),
  problem,
});

/** What all of some items comes to, each a part of the whole. */
export function measured(items: Found[], bytes?: number): Measured {
  const jobs = new Map<string, number>();
  for (const { jobId, bytes: part } of items) {
    if (jobId !== null) jobs.set(jobId, (jobs.get(jobId) ?? 0) + part);
  }
  return { bytes: bytes ?? sum(items), items: shortened(items), jobs, problem: null };
}

const sum = (items: readonly Found[]): number =>
  items.reduce((total, { bytes }) => total + bytes, 0);

/** Of what cannot be freed so many are named: the largest. */
const NAMED = 300;

const shortened = (items: readonly Found[]): Found[] => {
  const kept = items.filter(({ bytes, freeable }) => bytes > 0 && freeable === 0);
  const largest = kept.toSorted((a, b) => b.bytes - a.bytes).slice(0, NAMED);
  return [...items.filter(({ freeable }) => freeable > 0), ...largest];
};

export type MeasuredKinds = Partial<Record<RoomKind, Measured>>;

/** What was used longest ago first; before that, what nobody knows of any more. */
export const oldestFirst = <T extends { usedAt: number | null }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.usedAt ?? 0) - (b.usedAt ?? 0));

/** What has to go, the oldest first, so that a total comes down to a budget; all that can when it does not. */
export function enoughFor(items: readonly Found[], total: number, budget: number): Found[] {
  const chosen: Found[] = [];
  let left = total;
  for (const item of oldestFirst(items.filter(({ freeable }) => freeable > 0))) {
    if (left <= budget) break;
    chosen.push(item);
    left -= item.freeable;
  }
  return chosen;
}
