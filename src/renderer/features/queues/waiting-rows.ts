import type { QueueEntry } from '../../../shared/domain/queue.ts';
import { PRIORITIES, type Priority } from '../../../shared/domain/run.ts';

/** A row of the list of those that wait: the head of a priority, or a run. */
export type WaitingRow =
  | { kind: 'head'; key: string; priority: Priority; count: number }
  | { kind: 'run'; key: string; entry: QueueEntry };

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

/** The row of an entry: the same one each time, so that it is not drawn again. */
const madeRows = new WeakMap<QueueEntry, WaitingRow>();

function rowOf(entry: QueueEntry): WaitingRow {
  const have = madeRows.get(entry);
  if (have) return have;
  const row: WaitingRow = { kind: 'run', key: entry.run.id, entry };
  madeRows.set(entry, row);
  return row;
}

/** Every priority with its runs, also those without any: a run can be moved there. */
export const waitingRows = (waiting: readonly QueueEntry[]): WaitingRow[] =>
  PRIORITIES.flatMap((priority) => {
    const own = waiting.filter(({ run }) => run.priority === priority);
    return [
      { kind: 'head' as const, key: `head ${priority}`, priority, count: own.length },
      ...own.map(rowOf),
    ];
  });

const priorityOf = (row: WaitingRow): Priority =>
  row.kind === 'head' ? row.priority : row.entry.run.priority;

/**
 * Where runs go that are let go at a place. Above the head of a priority is the end of the one before it,
 * below it is its beginning; the runs that are moved themselves are no landmarks.
 */
export function targetOf(
  rows: readonly WaitingRow[],
  { key, side }: Place,
  moved: ReadonlySet<string>,
): Target | null {
  const at = rows.findIndex((row) => row.key === key);
  if (at < 0) return null;
  // The place between this row and the one below it, unless nothing is above.
  const above = rows[side === 'after' ? at : Math.max(0, at - 1)]!;
  const from = rows.indexOf(above) + 1;
  const priority = priorityOf(above);
  for (const row of rows.slice(from)) {
    if (row.kind === 'head') break;
    if (!moved.has(row.key)) return { priority, before: row.key };
  }
  return { priority, before: null };
}

/** The runs that wait as they are after a move. */
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
  return [...rest.slice(0, at), ...put, ...rest.slice(at)].map((entry, index) => ({
    ...entry,
    position: index + 1,
  }));
}
