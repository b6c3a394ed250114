import type { Database } from './database.ts';
import { WAITS } from './run-conditions.ts';

/** Between the positions of two runs at first, so that many can be put between them. */
const GAP = 2 ** 16;

/** Runs of one priority in one queue: within them, `position` and then the age decide. */
export interface Lane {
  queueId: string;
  /** As in the database: 0 is the first. */
  priority: number;
}

const IN_LANE = `run.queue_id = ? AND run.priority = ? AND ${WAITS}`;

/** The position of a run that goes behind all of its lane. */
export function endOf(db: Database, { queueId, priority }: Lane): number {
  const sql = `SELECT max(position) AS last FROM run WHERE ${IN_LANE}`;
  const { last } = db.get(sql, queueId, priority) as { last: number | null };
  return (last ?? 0) + GAP;
}

/**
 * Inside a transaction: positions for runs that go into a lane right before the place of one that is or was
 * in it, or before the next one that stays, where that one is moved as well.
 */
export function positionsBefore(
  db: Database,
  lane: Lane,
  place: { position: number; seq: number },
  moved: ReadonlySet<string>,
): number[] {
  const count = moved.size;
  const next = stayingFrom(db, lane, place, moved);
  if (!next) return range(endOf(db, lane), GAP, count);
  const before = positionBefore(db, lane, next);
  if (before === null) return range(next.position - GAP * count, GAP, count);
  const step = Math.floor((next.position - before) / (count + 1));
  if (step >= 1) return range(before + step, step, count);
  renumber(db, lane);
  return positionsBefore(db, lane, placeOf(db, next.id), moved);
}

const range = (from: number, step: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + at * step);

interface Placed {
  id: string;
  position: number;
  seq: number;
}

function stayingFrom(
  db: Database,
  { queueId, priority }: Lane,
  { position, seq }: Omit<Placed, 'id'>,
  moved: ReadonlySet<string>,
): Placed | undefined {
  const sql = `SELECT id, position, seq FROM run WHERE ${IN_LANE} AND (position, seq) >= (?, ?)
    ORDER BY position, seq LIMIT ?`;
  const rows = db.all(sql, queueId, priority, position, seq, moved.size + 1) as Placed[];
  return rows.find(({ id }) => !moved.has(id));
}

function positionBefore(db: Database, { queueId, priority }: Lane, of: Placed): number | null {
  const sql = `SELECT max(position) AS position FROM run
    WHERE ${IN_LANE} AND position <= ? AND (position, seq) < (?, ?)`;
  const values = [queueId, priority, of.position, of.position, of.seq];
  return (db.get(sql, ...values) as { position: number | null }).position;
}

function placeOf(db: Database, id: string): Placed {
  return db.get('SELECT id, position, seq FROM run WHERE id = ?', id) as Placed;
}

/** Opens the gaps of a lane again. The order stays, so nobody is told. */
function renumber(db: Database, { queueId, priority }: Lane): void {
  const sql = `SELECT id FROM run WHERE ${IN_LANE} ORDER BY position, seq`;
  for (const [at, { id }] of (db.all(sql, queueId, priority) as { id: string }[]).entries()) {
    db.run('UPDATE run SET position = ? WHERE id = ?', (at + 1) * GAP, id);
  }
}
