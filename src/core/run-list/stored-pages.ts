import type { Run, RunState } from '../../shared/domain/run.ts';
import type { RunQuery, RunScope } from '../../shared/domain/run-list.ts';
import type { Database } from '../db/database.ts';
import { SELECT_RUN, toRun } from '../db/run-rows.ts';

const NOT_BINNED = 'run.binned_at IS NULL AND job.binned_at IS NULL';

type Columns = Record<'projectId' | 'jobId' | 'sweepId', string>;
const COUNTED: Columns = { projectId: 'job.project_id', jobId: 'job.id', sweepId: 'run.sweep_id' };
const LISTED: Columns = {
  projectId: 'run.project_id',
  jobId: 'run.job_id',
  sweepId: 'run.sweep_id',
};

interface Where {
  sql: string;
  values: string[];
}

type Page = Pick<RunQuery, 'offset' | 'limit'>;

/** Pages of runs as the database itself has them. */
export class StoredPages {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** How many runs of a scope are not in the bin. Looks at indexes alone, unless it is a sweep. */
  count(scope: RunScope): number {
    return this.#count(whereOf(scope, COUNTED));
  }

  /** How many of them are in these states of runs that have not ended. */
  countActive(scope: RunScope, states: readonly RunState[]): number {
    return this.#count(activeOf(whereOf(scope, COUNTED), states));
  }

  /** Runs of a scope that are not in the bin, the newest first. */
  newest(scope: RunScope, { offset, limit }: Page): Run[] {
    return this.#list(whereOf(scope, LISTED), offset, limit);
  }

  /** Those of them in these states of runs that have not ended: few, however many runs there are. */
  active(scope: RunScope, states: readonly RunState[], { offset, limit }: Page): Run[] {
    return this.#list(activeOf(whereOf(scope, LISTED), states), offset, limit);
  }

  /** The runs with these numbers, in this order; those that were removed meanwhile are left out. */
  bySeqs(seqs: readonly number[]): Run[] {
    const sql = `${SELECT_RUN} WHERE run.seq IN (SELECT value FROM json_each(?))`;
    const rows = this.#db.all(sql, JSON.stringify(seqs)) as { seq: number }[];
    const runs = new Map(rows.map((row) => [row.seq, toRun(row)]));
    return seqs.flatMap((seq) => runs.get(seq) ?? []);
  }

  /** By job, so that those of binned jobs are not even counted. */
  #count({ sql, values }: Where): number {
    const row = this.#db.get(
      `SELECT count(*) AS count FROM job CROSS JOIN run ON run.job_id = job.id WHERE ${sql}`,
      ...values,
    );
    return (row as { count: number }).count;
  }

  #list({ sql, values }: Where, offset: number, limit: number): Run[] {
    const page = 'ORDER BY run.seq DESC LIMIT ? OFFSET ?';
    return this.#db.all(`${SELECT_RUN} WHERE ${sql} ${page}`, ...values, limit, offset).map(toRun);
  }
}

function whereOf(scope: RunScope, columns: Columns): Where {
  const given = (Object.keys(columns) as (keyof Columns)[]).filter(
    (name) => scope[name] !== undefined,
  );
  return {
    sql: [NOT_BINNED, ...given.map((name) => `${columns[name]} = ?`)].join(' AND '),
    values: given.map((name) => scope[name]!),
  };
}

/** There is an index of the runs that have not ended. */
const activeOf = ({ sql, values }: Where, states: readonly RunState[]): Where => ({
  sql: `${sql} AND run.ended_at IS NULL AND run.state IN (SELECT value FROM json_each(?))`,
  values: [...values, JSON.stringify(states)],
});
