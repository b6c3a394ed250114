import type { QueueEntry } from '../../../shared/domain/queue.ts';
import { PRIORITIES, type Priority } from '../../../shared/domain/run.ts';
import { HEAD, ROW, topOf, type Lanes } from './waiting-places.ts';

/** A row that is drawn: the head of a priority, a run, or the place of one that is being read. */
export type WaitingRow = (
  | { kind: 'head'; priority: Priority; count: number }
  | { kind: 'run'; entry: QueueEntry }
  | { kind: 'unread' }
) & {
  key: string;
  /** Px that are left empty above it, where rows are that are not drawn. */
  gap: number;
};

/** Where runs were let go: right before or after a row of the list. */
export interface Place {
  key: string;
  side: 'before' | 'after';
}

/** A place in a queue, as main takes it. */
export interface Target {
  priority: Priority;
  /** The run that they are put before; null: behind all of that priority. */
  before: string | null;
}

/** Runs that wait, by their places from 0. */
export type Known = ReadonlyMap<number, QueueEntry>;

/** The row of an entry: the same one while it stands where it stood, so that it is not drawn again. */
const madeRows = new WeakMap<QueueEntry, WaitingRow>();

function rowOf(entry: QueueEntry, gap: number): WaitingRow {
  const have = madeRows.get(entry);
  if (have?.gap === gap) return have;
  const row: WaitingRow = { kind: 'run', key: entry.run.id, entry, gap };
  madeRows.set(entry, row);
  return row;
}

/** Every priority, also those without any run: one can be moved there; and the runs at the places. */
export function waitingRows(all: Lanes, known: Known, places: readonly number[]): WaitingRow[] {
  let end = 0;
  const gapTo = (top: number, height: number): number => {
    const gap = top - end;
    end = top + height;
    return gap;
  };
  return all.lanes.flatMap(({ priority, first, count, top }) => {
    const key = `head ${priority}`;
    const head = { kind: 'head' as const, key, priority, count, gap: gapTo(top, HEAD) };
    const own = places.filter((place) => place >= first && place < first + count);
    const rows = own.map((place): WaitingRow => {
      const gap = gapTo(topOf(all, place), ROW);
      const entry = known.get(place);
      return entry ? rowOf(entry, gap) : { kind: 'unread', key: `at ${place}`, gap };
    });
    return [head, ...rows];
  });
}

interface Above {
  priority: Priority;
  /** The place right below it. */
  place: number;
}

/** What is above the place where runs are let go. */
function aboveOf({ lanes }: Lanes, known: Known, { key, side }: Place): Above | null {
  const at = lanes.findIndex(({ priority }) => key === `head ${priority}`);
  if (at >= 0) {
    const { priority, first, count } = lanes[side === 'after' ? at : Math.max(0, at - 1)]!;
    return { priority, place: side === 'after' || at === 0 ? first : first + count };
  }
  const found = [...known].find(([, { run }]) => run.id === key);
  if (!found) return null;
  const [place, { run }] = found;
  return { priority: run.priority, place: side === 'after' ? place + 1 : place };
}

/**
 * Where runs go that are let go at a place. Above the head of a priority is the end of the one before it,
 * below it is its beginning; the runs that are moved themselves are no landmarks. Null for a place that is
 * not there any more, or next to which nothing is known.
 */
export function targetOf(
  all: Lanes,
  known: Known,
  place: Place,
  moved: ReadonlySet<string>,
): Target | null {
  const above = aboveOf(all, known, place);
  if (!above) return null;
  const { first, count } = all.lanes.find(({ priority }) => priority === above.priority)!;
  for (let at = above.place; at < first + count; at += 1) {
    const entry = known.get(at);
    if (!entry) return null;
    if (!moved.has(entry.run.id)) return { priority: above.priority, before: entry.run.id };
  }
  return { priority: above.priority, before: null };
}

/** A part of those that wait as it is after a move within it. */
export function afterMove(
  waiting: readonly QueueEntry[],
  moved: ReadonlySet<string>,
  { priority, before }: Target,
): QueueEntry[] {
  const own = waiting.filter(({ run }) => moved.has(run.id));
  const rest = waiting.filter(({ run }) => !moved.has(run.id));
  const put = own.map((entry) => ({ ...entry, run: { ...entry.run, priority } }));
  const next = rest.findIndex(({ run }) =>
    before === null
      ? PRIORITIES.indexOf(run.priority) > PRIORITIES.indexOf(priority)
      : run.id === before,
  );
  const at = next < 0 ? rest.length : next;
  const start = waiting[0]?.position ?? 1;
  return [...rest.slice(0, at), ...put, ...rest.slice(at)].map((entry, index) => ({
    ...entry,
    position: start + index,
  }));
}
