import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PRIORITIES, RUN_STATES, type Run } from '../../shared/domain/run.ts';
import type { RunQuery } from '../../shared/domain/run-list.ts';
import type { Database } from '../db/database.ts';
import { NO_ENGINE, OWNER, SELECT_RUN, toRun } from '../db/run-rows.ts';
import { openSqlite } from '../db/sqlite.ts';
import { testDatabase } from '../db/testing.ts';
import { ListEngine } from './list-engine.ts';
import { StoredPages } from './stored-pages.ts';
import { plainList, type World } from './testing/plain-list.ts';
import { testQueries } from './testing/test-queries.ts';
import { addJobs, addRun, TEST_NOW, testRun, testRuns } from './testing/test-runs.ts';

function setUp() {
  const { db } = testDatabase();
  addJobs(db);
  const sqlite = openSqlite(db.file, { readonly: true });
  onTestFinished(() => void sqlite.close());
  const engine = new ListEngine(sqlite, {
    ...{ states: RUN_STATES, priorities: PRIORITIES, owner: OWNER, noEngine: NO_ENGINE },
  });
  return { db, engine, pages: new StoredPages(db) };
}

/** For the engine, all runs were removed. */
function startOver(db: Database): void {
  db.write((rev) => {
    db.run('DELETE FROM run');
    db.run("UPDATE job SET binned_at = NULL, name = 'Job ' || substr(id, 5), rev = ?", rev);
  });
}

type Setting = ReturnType<typeof setUp>;

const query = (more: Partial<RunQuery> = {}): RunQuery => ({
  ...{ scope: {}, filter: {}, sort: [], groupBy: null, offset: 0, limit: 500 },
  ...more,
});

function worldOf(db: Database): World {
  const runs: Run[] = db.all(`${SELECT_RUN} ORDER BY run.seq DESC`).map(toRun);
  const binned = db.all('SELECT id FROM job WHERE binned_at IS NOT NULL') as { id: string }[];
  return { runs, binnedJobs: new Set(binned.map(({ id }) => id)), now: TEST_NOW };
}

async function answerOf({ engine, pages }: Setting, asked: RunQuery) {
  const { seqs, ...page } = await engine.query(asked, TEST_NOW);
  return { ...page, ids: pages.bySeqs(seqs).map(({ id }) => id) };
}

/** What may become of the runs while somebody looks at them. */
const CHANGES: Record<string, (db: Database, seq: number) => void> = {
  rename: (db, seq) => update(db, "name = 'zz'", seq),
  star: (db, seq) => update(db, "starred = 1, tags = '[]', notes = 'later'", seq),
  results: (db, seq) => update(db, `config = '{"lr":"x","new":3}', summary = NULL`, seq),
  bin: (db, seq) => update(db, 'binned_at = 7', seq),
  remove: (db, seq) => db.write(() => db.run('DELETE FROM run WHERE seq = ?', seq)),
  removeLast: (db) =>
    db.write(() => db.run('DELETE FROM run WHERE seq = (SELECT max(seq) FROM run)')),
  add: (db, seq) => addRun(db, testRun({ name: `new-${seq}`, config: { lr: seq } })),
  binJob: (db) =>
    db.write((rev) => db.run("UPDATE job SET binned_at = 1, rev = ? WHERE id = 'job-1'", rev)),
  renameJob: (db) =>
    db.write((rev) => db.run("UPDATE job SET name = 'A job', rev = ? WHERE id = 'job-0'", rev)),
};

const update = (db: Database, set: string, seq: number): void => {
  db.write((rev) => db.run(`UPDATE run SET ${set}, rev = ? WHERE seq = ?`, rev, seq));
};

const changes = fc.tuple(fc.constantFrom(...Object.keys(CHANGES)), fc.integer({ min: 1, max: 12 }));

describe('queries', () => {
  it('come to what the plainest way comes to, whatever changed meanwhile', async () => {
    const setting = setUp();
    const steps = fc.array(fc.tuple(fc.array(changes, { maxLength: 3 }), testQueries), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(testRuns, { maxLength: 12 }), steps, async (runs, asked) => {
        startOver(setting.db);
        for (const each of runs) addRun(setting.db, each);
        for (const [changed, each] of asked) {
          for (const [name, seq] of changed) CHANGES[name]!(setting.db, seq);
          expect(await answerOf(setting, each)).toEqual(plainList(worldOf(setting.db), each));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('know a run that has the number of one that nobody ever saw', async () => {
    const setting = setUp();
    const { db } = setting;
    const remove = (seq: number) => CHANGES['remove']!(db, seq);
    for (let seq = 1; seq <= 3; seq += 1) addRun(db, testRun({ name: `run ${seq}` }));
    remove(2);
    await answerOf(setting, query());
    remove(3);
    addRun(db, testRun({ name: 'in its place' }));
    expect(await answerOf(setting, query())).toEqual(plainList(worldOf(db), query()));
  });

  it('of the newest runs are the same from the database itself', async () => {
    const { db, pages } = setUp();
    await fc.assert(
      fc.asyncProperty(
        fc.array(testRuns, { maxLength: 12 }),
        fc.array(changes),
        testQueries,
        async (runs, changed, { scope, offset, limit }) => {
          fc.pre(!scope.binned);
          startOver(db);
          for (const each of runs) addRun(db, each);
          for (const [name, seq] of changed) CHANGES[name]!(db, seq);
          const plain = plainList(worldOf(db), query({ scope, offset, limit }));
          expect(pages.newest(scope, { offset, limit }).map(({ id }) => id)).toEqual(plain.ids);
          expect(pages.count(scope)).toBe(plain.all);
        },
      ),
      { numRuns: 50 },
    );
  });
});
