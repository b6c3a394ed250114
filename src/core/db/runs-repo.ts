import {
  statesBefore,
  type EndReason,
  type EnvironmentInfo,
  type LogInfo,
  type Run,
  type RunEvent,
  type RunState,
  type TerminalState,
} from '../../shared/domain/run.ts';
import { attemptSchema, type Attempt } from './attempt.ts';
import { markAttempt, type AttemptMarks } from './attempt-marks.ts';
import type { Database } from './database.ts';
import { insertRun, touchJob, type NewRun } from './insert-run.ts';
import { addRetry } from './add-retry.ts';
import { addEvent, tellState } from './run-events.ts';
import { HELD } from './run-conditions.ts';
import { SELECT_ATTEMPT, SELECT_EVENT, SELECT_RUN, toRun, toRunEvent } from './run-rows.ts';

/** What a run ends with; written in one transaction with its log's state. */
export interface RunEnd {
  state: TerminalState;
  reason: EndReason;
  exitCode: number | null;
  log: LogInfo;
  /** When it ended, in ms since 1970, where that was before it is written down. */
  at?: number | null | undefined;
  /** How long it ran, in ms; null, or left away, where only the clock of the wall can tell. */
  durationMs?: number | null | undefined;
}

export class RunsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(id: string): Run | null {
    return this.#runs('WHERE run.id = ?', id)[0] ?? null;
  }

  /** Of those that are not in the bin, or of those that are. */
  newestNamed(name: string, binned = false): Run | null {
    const isBinned = '(coalesce(run.binned_at, job.binned_at) IS NOT NULL)';
    const where = `run.name = ? AND ${isBinned} = ?`;
    const newest = `WHERE ${where} ORDER BY run.seq DESC LIMIT 1`;
    return this.#runs(newest, name, Number(binned))[0] ?? null;
  }

  /** Runs whose id begins so. */
  idsFrom(prefix: string, limit: number): string[] {
    const sql = 'SELECT id FROM run WHERE id >= ? AND substr(id, 1, ?) = ? LIMIT ?';
    const rows = this.#db.all(sql, prefix, prefix.length, prefix, limit);
    return (rows as { id: string }[]).map(({ id }) => id);
  }

  /** The run that tries again what this one failed at. */
  triedAgainAs(id: string): Run | null {
    return this.#runs('WHERE run.retry_of = ?', id)[0] ?? null;
  }

  /** Those that are not in the bin, newest first; `before` is the id of the last run of the page before. */
  list(filter: {
    projectId?: string | undefined;
    jobId?: string | undefined;
    sweepId?: string | undefined;
    before?: string | undefined;
    limit: number;
  }): Run[] {
    const conditions: [string, unknown][] = [];
    if (filter.projectId) conditions.push(['run.project_id = ?', filter.projectId]);
    if (filter.jobId) conditions.push(['run.job_id = ?', filter.jobId]);
    if (filter.sweepId) conditions.push(['run.sweep_id = ?', filter.sweepId]);
    if (filter.before) {
      conditions.push(['run.seq < (SELECT seq FROM run WHERE id = ?)', filter.before]);
    }
    const where = [
      'run.binned_at IS NULL AND job.binned_at IS NULL',
      ...conditions.map(([sql]) => sql),
    ].join(' AND ');
    return this.#runs(
      `WHERE ${where} ORDER BY run.seq DESC LIMIT ?`,
      ...conditions.map(([, value]) => value),
      filter.limit,
    );
  }

  /** Runs that have not ended and that an executor has or had, oldest first. */
  held(): { run: Run; executor: string; attempt: Attempt }[] {
    const rows = this.#db.all(`${SELECT_RUN} WHERE ${HELD} ORDER BY run.seq`);
    return (rows as { id: string; executor: string }[]).map((row) => ({
      run: toRun(row),
      executor: row.executor,
      attempt: this.attempt(row.id),
    }));
  }

  /** Who has a run; null while it waits for somebody. */
  executorOf(id: string): string | null {
    const row = this.#db.get('SELECT executor FROM run WHERE id = ?', id);
    return (row as { executor: string | null } | undefined)?.executor ?? null;
  }

  /** Those whose newest change is one of these revisions. */
  changedSince(rev: number, upTo = Number.MAX_SAFE_INTEGER): Run[] {
    return this.#runs('WHERE run.rev > ? AND run.rev <= ?', rev, upTo);
  }

  /** The last revision up to which about `count` runs changed; null when no more did. */
  revisionAfter(rev: number, count: number): number | null {
    const sql = 'SELECT rev FROM run WHERE rev > ? ORDER BY rev LIMIT 1 OFFSET ?';
    return (this.#db.get(sql, rev, count) as { rev: number } | undefined)?.rev ?? null;
  }

  events(runId: string): RunEvent[] {
    return this.#events('WHERE run_id = ? ORDER BY seq', runId);
  }

  eventsChangedSince(rev: number, upTo = Number.MAX_SAFE_INTEGER): RunEvent[] {
    return this.#events('WHERE rev > ? AND rev <= ? ORDER BY seq', rev, upTo);
  }

  attempt(runId: string): Attempt {
    const row = this.#db.get(
      `${SELECT_ATTEMPT} WHERE run_id = ? ORDER BY number DESC LIMIT 1`,
      runId,
    );
    return attemptSchema.parse(row);
  }

  /** The run, its first attempt and what it is given, before anything is done for it. */
  create(run: NewRun, now: number): Run {
    const id = this.#db.write((rev) => {
      const added = insertRun(this.#db, run, 'Queued', { now, rev });
      touchJob(this.#db, run.jobId, rev);
      return added;
    });
    return this.get(id)!;
  }

  /**
   * Passes a run to a state that is not an end. False, and nothing changed, when the run is in a state
   * from which that one cannot be entered.
   */
  enter(id: string, state: Exclude<RunState, TerminalState>, text: string, now: number): boolean {
    return this.#db.write((rev) => {
      const from = statesBefore(state);
      const changed = this.#db.run(
        `UPDATE run SET state = ?, rev = ?,
           started_at = CASE WHEN ? = 'running' THEN coalesce(started_at, ?) ELSE started_at END
         WHERE id = ? AND state IN (${from.map(() => '?').join()})`,
        state,
        rev,
        state,
        now,
        id,
        ...from,
      );
      if (changed) tellState(this.#db, id, { state, text }, { now, rev });
      return changed > 0;
    });
  }

  /**
   * Ends a run, and queues its next try where the rule of its launch asks for one. False when it had
   * ended before: an end never changes.
   */
  end(id: string, { durationMs = null, ...end }: RunEnd, now: number): boolean {
    const took = durationMs === null ? null : Math.round(durationMs);
    const from = statesBefore(end.state);
    return this.#db.write((rev) => {
      const changed = this.#db.run(
        `UPDATE run SET state = ?, reason = ?, exit_code = ?, log_state = ?, log_reason = ?,
           engine_reachable = 1, paused = 0, ended_at = ?, rev = ?,
           duration_ms = CASE WHEN started_at IS NOT NULL THEN coalesce(?, max(0, ? - started_at)) END
         WHERE id = ? AND state IN (${from.map(() => '?').join()})`,
        end.state,
        JSON.stringify(end.reason),
        end.exitCode,
        end.log.state,
        end.log.reason,
        end.at ?? now,
        rev,
        ...[took, end.at ?? now],
        id,
        ...from,
      );
      if (changed === 0) return false;
      tellState(this.#db, id, { state: end.state, text: end.reason.text }, { now, rev });
      addRetry(this.#db, this.get(id)!, { now, rev });
      return true;
    });
  }

  /** Writes down that a stop is wanted; returns how often it was asked for, 0 when the run had ended. */
  requestStop(id: string, now: number): number {
    return this.#db.write((rev) => {
      this.#db.run(
        `UPDATE run SET stop_requests = stop_requests + 1, rev = ?,
           stop_requested_at = coalesce(stop_requested_at, ?) WHERE id = ? AND ended_at IS NULL`,
        rev,
        now,
        id,
      );
      return this.stopRequests(id);
    });
  }

  /** How often a stop was asked for; 0 for a run that has ended. */
  stopRequests(id: string): number {
    const row = this.#db.get(
      'SELECT stop_requests AS n FROM run WHERE id = ? AND ended_at IS NULL',
      id,
    );
    return (row as { n: number } | undefined)?.n ?? 0;
  }

  /** Takes over a run from an executor that died. False when another was quicker. */
  adopt(id: string, from: string, executor: string): boolean {
    return this.#db.write((rev) => {
      const sql =
        'UPDATE run SET executor = ?, rev = ? WHERE id = ? AND executor IS ? AND ended_at IS NULL';
      return this.#db.run(sql, executor, rev, id, from) > 0;
    });
  }

  setEnvironment(id: string, environment: EnvironmentInfo): void {
    this.#db.write((rev) => {
      const json = JSON.stringify(environment);
      this.#db.run('UPDATE run SET environment = ?, rev = ? WHERE id = ?', json, rev, id);
    });
  }

  setLogState(id: string, state: LogInfo['state']): void {
    this.#db.write((rev) =>
      this.#db.run('UPDATE run SET log_state = ?, rev = ? WHERE id = ?', state, rev, id),
    );
  }

  /** Remembers that the engine does not answer, or answers again; adds a line to the timeline on a change. */
  setReachable(id: string, reachable: boolean, text: string, now: number): void {
    this.#db.write((rev) => {
      const changed = this.#db.run(
        'UPDATE run SET engine_reachable = ?, rev = ? WHERE id = ? AND engine_reachable <> ?',
        Number(reachable),
        rev,
        id,
        Number(reachable),
      );
      if (changed) addEvent(this.#db, id, null, text, now, rev);
      if (!reachable) this.#db.run('UPDATE attempt SET engine_gap = 1 WHERE run_id = ?', id);
    });
  }

  /** Remembers that somebody paused a run that has not ended, or that it goes on; adds a line to the timeline on a change. */
  setPaused(id: string, paused: boolean, text: string, now: number): void {
    this.#db.write((rev) => {
      const sql =
        'UPDATE run SET paused = ?, rev = ? WHERE id = ? AND paused <> ? AND ended_at IS NULL';
      const changed = this.#db.run(sql, Number(paused), rev, id, Number(paused));
      if (changed) addEvent(this.#db, id, null, text, now, rev);
    });
  }

  /** Writes down a fact of the attempt before it is acted on. */
  mark(attemptId: string, fact: Partial<AttemptMarks>): void {
    this.#db.write(() => markAttempt(this.#db, attemptId, fact));
  }

  note(id: string, text: string, now: number): void {
    this.#db.write((rev) => addEvent(this.#db, id, null, text, now, rev));
  }

  #runs(clause: string, ...values: unknown[]): Run[] {
    return this.#db.all(`${SELECT_RUN} ${clause}`, ...values).map(toRun);
  }

  #events(clause: string, ...values: unknown[]): RunEvent[] {
    return this.#db.all(`${SELECT_EVENT} ${clause}`, ...values).map(toRunEvent);
  }
}
