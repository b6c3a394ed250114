import { PRIORITIES, type EngineKind, type Priority } from '../../shared/domain/run.ts';
import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import { endOf, positionsBefore, type Lane } from './queue-order.ts';
import { WAITS } from './run-conditions.ts';
import { addEvent, type Stamp } from './run-events.ts';
import { RUNS_AT_ONCE } from './touch-runs.ts';

/** Where runs that wait are to go. What is left away stays. */
export interface MoveRequest {
  /** In the order in which they are to stand. */
  runIds: readonly string[];
  queueId?: string | undefined;
  priority?: Priority | undefined;
  /** Right before this run, in its queue and with its priority; null: behind all of the same priority. */
  before?: string | null | undefined;
  /** ms since 1970; null: as soon as it may. */
  notBefore?: number | null | undefined;
}

interface Row {
  id: string;
  name: string;
  engine: EngineKind;
  seq: number;
  queueId: string | null;
  priority: number;
  position: number;
  notBefore: number | null;
}

interface Place extends Lane {
  position: number;
}

const ROW = `SELECT run.id, run.name, run.engine, run.seq, run.queue_id AS queueId, run.priority,
  run.position, run.not_before AS notBefore FROM run`;

/**
 * Inside a transaction: moves those of the runs that still wait; the others stay as they are. Returns the
 * ids of those that it moved.
 * @throws AppError for a place that is none, and for a run that cannot be in the queue
 */
export function moveRuns(db: Database, request: MoveRequest, stamp: Stamp): string[] {
  const rows = request.runIds.flatMap((id) => waitingRow(db, id) ?? []);
  const target = targetOf(db, request);
  for (const row of rows) refuseMove(db, row, request, target.queueId);
  const places = placesOf(db, rows, request, target);
  const touched = new Set<string>();
  let rev = stamp.rev;
  for (const [at, row] of rows.entries()) {
    if (at > 0 && at % RUNS_AT_ONCE === 0) rev = db.nextRevision();
    const place = places?.[at] ?? placeAtEnd(db, row, request, target);
    write(db, row, place, request, { ...stamp, rev });
    for (const queueId of [row.queueId, place?.queueId]) if (queueId) touched.add(queueId);
  }
  for (const id of touched) db.run('UPDATE queue SET rev = ? WHERE id = ?', rev, id);
  return rows.map(({ id }) => id);
}

const NAME_ONE = 'Name a run that waits in the queue.';

interface Target {
  queueId: string | undefined;
  before: Row | null;
}

function targetOf(db: Database, { queueId, before: beforeId }: MoveRequest): Target {
  if (queueId !== undefined && !db.get('SELECT 1 FROM queue WHERE id = ?', queueId)) {
    throw new AppError('E_NOT_FOUND', `There is no queue "${queueId}" any more.`, {
      next: 'See `slipway queue list`.',
    });
  }
  if (beforeId === undefined || beforeId === null) return { queueId, before: null };
  const before = db.get(`${ROW} WHERE run.id = ?`, beforeId) as Row | undefined;
  if (!before)
    throw new AppError('E_NOT_FOUND', `There is no run "${beforeId}".`, { next: NAME_ONE });
  if (before.queueId !== null && (queueId ?? before.queueId) === before.queueId) {
    return { queueId: before.queueId, before };
  }
  const where = queueId === undefined ? 'in a queue' : 'in that queue';
  throw new AppError(
    'E_STATE',
    `The run "${before.name}" is not ${where}: nothing can go before it.`,
    {
      next: NAME_ONE,
    },
  );
}

const waitingRow = (db: Database, id: string): Row | undefined =>
  db.get(`${ROW} WHERE run.id = ? AND ${WAITS}`, id) as Row | undefined;

function refuseMove(
  db: Database,
  row: Row,
  { priority, before }: MoveRequest,
  queueId: string | undefined,
): void {
  if (queueId === undefined && row.queueId === null && (priority ?? before) !== undefined) {
    throw new AppError('E_STATE', `The run "${row.name}" waits in no queue.`, {
      next: 'Name the queue that it is to go to.',
    });
  }
  if (queueId === undefined || queueId === row.queueId) return;
  const sql = 'SELECT name, engine FROM queue WHERE id = ? AND engine <> ?';
  const queue = db.get(sql, queueId, row.engine) as { name: string; engine: string } | undefined;
  if (!queue) return;
  throw new AppError(
    'E_STATE',
    `The run "${row.name}" is for the engine ${row.engine}; the queue "${queue.name}" uses ${queue.engine}.`,
    { next: 'Choose a queue for the same engine, or launch it again.' },
  );
}

/** Where all go to one place; null where each goes to the end of its own priority, or stays. */
function placesOf(
  db: Database,
  rows: readonly Row[],
  { runIds }: MoveRequest,
  { before }: Target,
): Place[] | null {
  if (!before) return null;
  const lane = { queueId: before.queueId!, priority: before.priority };
  const moved = new Set(rows.map(({ id }) => id));
  if (runIds.includes(before.id)) moved.add(before.id);
  const positions = positionsBefore(db, lane, before, moved);
  return rows.map((_, at) => ({ ...lane, position: positions[at]! }));
}

/** Null when it stays where it is. */
function placeAtEnd(db: Database, row: Row, request: MoveRequest, target: Target): Place | null {
  const queueId = target.queueId ?? row.queueId;
  const priority =
    request.priority === undefined ? row.priority : PRIORITIES.indexOf(request.priority);
  const stays = queueId === row.queueId && priority === row.priority && request.before !== null;
  if (queueId === null || stays) return null;
  return { queueId, priority, position: endOf(db, { queueId, priority }) };
}

function write(
  db: Database,
  row: Row,
  place: Place | null,
  { notBefore = row.notBefore }: MoveRequest,
  { now, rev }: Stamp,
): void {
  const { queueId, priority, position } = place ?? row;
  db.run(
    `UPDATE run SET queue_id = ?, priority = ?, position = ?, not_before = ?, waits = NULL, rev = ?
     WHERE id = ?`,
    ...[queueId, priority, position, notBefore, rev, row.id],
  );
  const text = changeText(db, row, { queueId, priority });
  if (text !== null) addEvent(db, row.id, null, text, now, rev);
}

/** What of it a person would ask about later; a place among others of the same priority is not. */
function changeText(
  db: Database,
  row: Row,
  to: { queueId: string | null; priority: number },
): string | null {
  const queue = to.queueId === row.queueId ? null : nameOf(db, to.queueId!);
  const said = [
    queue !== null && `to the queue "${queue}"`,
    to.priority !== row.priority && `to the priority ${PRIORITIES[to.priority]}`,
  ].filter((each) => each !== false);
  return said.length > 0 ? `Moved ${said.join(', ')}` : null;
}

function nameOf(db: Database, queueId: string): string {
  return (db.get('SELECT name FROM queue WHERE id = ?', queueId) as { name: string }).name;
}
