import { expect, it, onTestFinished } from 'vitest';
import type { RunQuery } from '../../shared/domain/run-list.ts';
import { systemClock } from '../clock.ts';
import { testDatabase } from '../db/testing.ts';
import { Scope } from '../scope.ts';
import { openRunList } from './open-run-list.ts';
import { addJobs, addRun, testRun } from './testing/test-runs.ts';

const query = (more: Partial<RunQuery> = {}): RunQuery => ({
  ...{ scope: {}, filter: {}, sort: [], groupBy: null, offset: 0, limit: 100 },
  ...more,
});

function setUp() {
  const { db } = testDatabase();
  addJobs(db);
  const scope = new Scope('test');
  onTestFinished(() => scope.dispose());
  const workerFile = new URL('./list-worker.ts', import.meta.url);
  return { db, scope, list: openRunList({ db, clock: systemClock, scope, workerFile }) };
}

const byLr = query({ sort: [{ column: 'config lr', descending: true }] });
const namesOf = ({ runs }: { runs: { name: string }[] }): string[] => runs.map(({ name }) => name);

it('lists and sorts, and knows at once what was written', async () => {
  const { db, list } = setUp();
  for (const lr of [1, 3, 2]) addRun(db, testRun({ name: `lr-${lr}`, config: { lr } }));
  expect(namesOf(await list.query(query()))).toEqual(['lr-2', 'lr-3', 'lr-1']);
  expect(namesOf(await list.query(byLr))).toEqual(['lr-3', 'lr-2', 'lr-1']);
  addRun(db, testRun({ name: 'lr-4', config: { lr: 4 } }));
  expect(namesOf(await list.query(byLr))).toEqual(['lr-4', 'lr-3', 'lr-2', 'lr-1']);
  expect(namesOf(await list.query(query()))).toEqual(['lr-4', 'lr-2', 'lr-3', 'lr-1']);
  expect(await list.columns({})).toEqual([
    { id: 'config lr', name: 'lr', of: 'config', numeric: true, differs: true, count: 4 },
  ]);
});

it('leaves out of a page what was removed before its rows were read', async () => {
  const { db, list } = setUp();
  for (const name of ['a', 'b', 'c']) addRun(db, testRun({ name }));
  await list.columns({});
  const asked = list.query(query());
  db.write(() => db.run("DELETE FROM run WHERE name = 'b'"));
  expect(namesOf(await asked)).toEqual(['c', 'a']);
});

it('refuses to group by what nearly every run has a value of its own of', async () => {
  const { db, list } = setUp();
  db.write((rev) => {
    for (let n = 0; n < 10_001; n++) {
      db.run(
        `INSERT INTO run (id, seq, project_id, job_id, version_id, name, state, engine, entry_point,
         created_at, rev) VALUES (?, ?, 'p0', 'job-0', 'job-0-v0', ?, 'finished', 'none', '[]', 1, ?)`,
        ...[`r${n}`, n + 1, `run-${n}`, rev],
      );
    }
  });
  await expect(list.query(query({ groupBy: 'name' }))).rejects.toMatchObject({ code: 'E_ARGS' });
  expect((await list.query(query({ groupBy: 'state' }))).groups).toEqual([
    { value: 'finished', count: 10_001 },
  ]);
});

it('takes keys of every kind, and thousands of them', async () => {
  const { db, list } = setUp();
  const keys = Array.from({ length: 5000 }, (_, n) => [`key-${n}`, n] as const);
  const hostile = JSON.parse(
    `{"net":{"__proto__":{"polluted":1}},"constructor":2,"${'k'.repeat(5000)}":3,"":4,"a.b":5}`,
  ) as Record<string, unknown>;
  addRun(db, testRun({ name: 'many', config: { ...Object.fromEntries(keys), loss: 'NaN' } }));
  addRun(db, testRun({ name: 'hostile', config: hostile }));
  const columns = await list.columns({});
  expect(columns.filter(({ name }) => name.startsWith('key-'))).toHaveLength(5000);
  expect(columns.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['net.__proto__.polluted', 'constructor', '', 'a.b', 'loss']),
  );
  const found = await list.query(
    query({
      filter: { conditions: [{ column: 'config net.__proto__.polluted', is: '=', value: 1 }] },
    }),
  );
  expect(namesOf(found)).toEqual(['hostile']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

it('ends what is asked when it is closed', async () => {
  const { db, scope, list } = setUp();
  addRun(db, testRun({}));
  const asked = list.query(byLr);
  const cancelled = expect(asked).rejects.toMatchObject({ code: 'E_CANCELLED' });
  await scope.dispose();
  await cancelled;
});
