import * as fc from 'fast-check';
import { RUN_STATES } from '../../../shared/domain/run.ts';
import type { Database } from '../../db/database.ts';

/** What a run of a test has; columns of the table `run`. */
export interface TestRun {
  job: number;
  name: string;
  state: (typeof RUN_STATES)[number];
  reason: string | null;
  engine: string;
  creator: string | null;
  starred: boolean;
  tags: string[];
  notes: string;
  binned: boolean;
  sweep: boolean;
  /** Its id; `gpu` or `default`. */
  queue: string | null;
  priority: number;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  config: Record<string, unknown> | null;
  summary: Record<string, unknown> | null;
}

export const TEST_NOW = 5000;
const JOBS = 3;

/** Jobs `job-0` to `job-2` in the projects `p0` and `p1`, each with two versions, and a sweep. */
export function addJobs(db: Database): void {
  db.write((rev) => {
    for (const project of ['p0', 'p1']) {
      db.run('INSERT INTO project VALUES (?, ?, 1, ?)', project, `project ${project}`, rev);
    }
    db.run("INSERT INTO queue (id, name, created_at, rev) VALUES ('gpu', 'A gpu', 1, ?)", rev);
    for (let job = 0; job < JOBS; job++) {
      const about = [`job-${job}`, `p${job % 2}`, `Job ${job}`];
      db.run(
        `INSERT INTO job (id, project_id, name, source_kind, created_at, rev)
         VALUES (?, ?, ?, 'code', 1, ?)`,
        ...[...about, rev],
      );
      for (const version of [0, 1]) addVersion(db, job, version, rev);
    }
    db.run(
      `INSERT INTO sweep (id, seq, project_id, job_id, version_id, name, plan, concurrency, cells,
       created_at, rev) VALUES ('s', 1, 'p0', 'job-0', 'job-0-v0', 's', '{}', 1, 1, 1, ?)`,
      rev,
    );
  });
}

function addVersion(db: Database, job: number, version: number, rev: number): void {
  db.run(
    `INSERT INTO job_version (id, job_id, number, digest, source, entry_point, environment,
     created_at, rev) VALUES (?, ?, ?, ?, '{}', '[]', '{}', 1, ?)`,
    ...[`job-${job}-v${version}`, `job-${job}`, version, `${version}`, rev],
  );
}

/** A run of a test with what it need not say. */
export const testRun = (more: Partial<TestRun>): TestRun => ({
  ...{ job: 0, name: 'run', state: 'finished', reason: null, engine: 'docker', creator: null },
  ...{ starred: false, tags: [], notes: '', binned: false, sweep: false, createdAt: 1 },
  ...{ queue: null, priority: 2, startedAt: null, endedAt: 2, config: null, summary: null },
  ...more,
});

/** A run more than there were; the newest. */
export function addRun(db: Database, run: TestRun): void {
  db.write((rev) => {
    const next = 'SELECT coalesce(max(seq), 0) + 1 AS seq FROM run';
    const { seq } = db.get(next) as { seq: number };
    db.run(
      `INSERT INTO run (id, seq, project_id, job_id, version_id, name, state, reason, engine,
       entry_point, creator, starred, tags, notes, binned_at, sweep_id, cell, created_at, started_at,
       ended_at, duration_ms, config, summary, queue_id, priority, rev)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[`r${seq}-${rev}`, seq, `p${run.job % 2}`, `job-${run.job}`, `job-${run.job}-v${seq % 2}`],
      ...[run.name, run.state, reasonOf(run), run.engine, run.creator, Number(run.starred)],
      ...[JSON.stringify(run.tags), run.notes, run.binned ? 1 : null],
      ...[run.sweep ? 's' : null, run.sweep ? 0 : null, run.createdAt, run.startedAt, run.endedAt],
      took(run),
      ...[run.config && JSON.stringify(run.config), run.summary && JSON.stringify(run.summary)],
      ...[run.queue, run.priority, rev],
    );
  });
}

const took = ({ startedAt, endedAt }: TestRun): number | null =>
  startedAt === null || endedAt === null ? null : Math.max(0, endedAt - startedAt);

const reasonOf = ({ reason }: TestRun): string | null =>
  reason === null ? null : JSON.stringify({ code: 'exit', text: reason, next: null, detail: null });

/** Few of them, so that runs have some alike. */
const WORDS = [
  'Adam',
  'adam',
  'run-2',
  'run-10',
  'run-010',
  'é',
  'z',
  '',
  'NaN',
  '10',
  'true',
  '\0"a',
];
const word = fc.constantFrom(...WORDS);
export const testKeys = ['lr', 'net.depth', 'net.__proto__', 'a b', 'lr.x'];

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, -0, 1, 10, -1, 1e-9, 1e300, -2.5, 0.1) },
  { weight: 2, arbitrary: word },
  fc.constantFrom<unknown[]>(null, true, false, [], [1, 'adam'], {}, { x: 1 }, ['10']),
);
const values = fc.option(
  fc
    .array(fc.tuple(fc.constantFrom('lr', 'net', '__proto__', 'a b', '_step', 'net.depth'), value))
    .map((pairs) => JSON.parse(`{${pairs.map(asJson).join(',')}}`) as Record<string, unknown>),
);
const asJson = ([key, each]: [string, unknown]): string =>
  key === '__proto__'
    ? `"net":{"__proto__":${JSON.stringify(each)}}`
    : `${JSON.stringify(key)}:${JSON.stringify(key === 'net' ? { depth: each } : each)}`;

export const testRuns: fc.Arbitrary<TestRun> = fc.record({
  job: fc.nat(JOBS - 1),
  name: word.map((name) => name || 'run'),
  state: fc.constantFrom(...RUN_STATES),
  reason: fc.option(word),
  engine: fc.constantFrom('docker', 'process', 'none'),
  creator: fc.option(fc.constantFrom('ann', 'Ben')),
  queue: fc.constantFrom(null, 'default', 'gpu'),
  priority: fc.nat(3),
  starred: fc.boolean(),
  tags: fc.uniqueArray(fc.constantFrom('best', 'Old', 'x'), { maxLength: 2 }),
  notes: word,
  binned: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  sweep: fc.boolean(),
  createdAt: fc.nat(3),
  startedAt: fc.option(fc.constantFrom(10, 20)),
  endedAt: fc.option(fc.constantFrom(30, 40)),
  config: values,
  summary: values,
});
