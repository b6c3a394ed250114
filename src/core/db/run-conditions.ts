/** Nobody has the run, and it has not ended. This and the others here are SQL for where rows of `run` are read. */
export const WAITS = 'run.ended_at IS NULL AND run.executor IS NULL';

/** Somebody has it: it was started and has not ended. */
export const HELD = 'run.ended_at IS NULL AND run.executor IS NOT NULL';

/** Its time has come: `?` is now. */
export const IN_TIME = 'coalesce(run.not_before, 0) <= ?';

/** Sweeps of which as many cells are under way as may. */
const FULL_SWEEPS = `SELECT sweep_id FROM run WHERE ${HELD} AND sweep_id IS NOT NULL
  GROUP BY sweep_id HAVING count(*) >= (SELECT concurrency FROM sweep WHERE sweep.id = run.sweep_id)`;

/** Cells of a sweep that is still being written are not there yet. */
export const IS_WHOLE = `(run.sweep_id IS NULL
  OR run.sweep_id NOT IN (SELECT id FROM sweep WHERE maker IS NOT NULL))`;

export const SWEEP_HAS_ROOM = `(run.sweep_id IS NULL OR run.sweep_id NOT IN (${FULL_SWEEPS})) AND ${IS_WHOLE}`;

/** Of those that wait: it is to start before all behind it. `?` is now. */
export const HOLDS_BACK = `${IN_TIME} AND ${SWEEP_HAS_ROOM}
  AND coalesce(run.waits ->> 'code', '') <> 'never-fits'`;

/** How many runs of the `queue` of the statement are under way. */
export const RUNNING_IN_QUEUE = `(SELECT count(*) FROM run WHERE run.queue_id = queue.id AND ${HELD})`;
