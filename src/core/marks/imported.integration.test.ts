import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createCore } from '../create-core.ts';
import { testFolder } from '../db/testing.ts';
import { item, record } from '../tracked/testing/records.ts';
import { writeFiles } from '../tracked/testing/run-folder.ts';
import { wandbBytes } from '../tracked/testing/write-wandb.ts';

const RESOURCES = fileURLToPath(new URL('../../../resources', import.meta.url));
const control = { signal: new AbortController().signal };

function testCore(dataDir: string) {
  const core = createCore({
    dataDir,
    workers: {
      snapshots: new URL('../snapshots/worker.ts', import.meta.url),
      runReader: new URL('../imports/read-worker.ts', import.meta.url),
      runList: new URL('../run-list/list-worker.ts', import.meta.url),
      logSearch: new URL('../logs/search/search-worker.ts', import.meta.url),
      care: new URL('../host/care-worker.ts', import.meta.url),
    },
    resources: RESOURCES,
    dockerHost: 'unix:///none.sock',
  });
  onTestFinished(() => core.close());
  const importRuns = () =>
    core.tracked.import({ folder: join(dataDir, '..', 'lab'), project: 'lab' }, control);
  return { core, importRuns };
}

/** A tracked run of a user "ada", with tags and notes. */
const trackedRun = (folder: string, id: string): string =>
  writeFiles(join(folder, 'lab', 'wandb', `offline-run-20250131_120000-${id}`), {
    [`run-${id}.wandb`]: wandbBytes([
      record.run({ 1: id, 2: 'team', 8: `run ${id}`, 9: 'as noted', 10: ['b', 'a', 'a', ' '] }),
      record.environment({ 2: 'CPython 3.11.7', 6: 'a.py', 13: 'ada' }),
      record.config([item('lr', '0.5')]),
      record.exit(0, 3),
    ]),
  });

it('a tracked run has the marks of its tracker, and keeps those of a person', async () => {
  const folder = testFolder();
  const { core, importRuns } = testCore(join(folder, 'data'));
  const at = trackedRun(folder, 'one');
  const [imported] = await importRuns();
  const run = core.runs.get(imported!.runId!);
  const fresh = { creator: 'ada', tags: ['a', 'b'], notes: 'as noted', starred: false };
  expect(run).toMatchObject({ name: 'run one', ...fresh });
  core.marks.markRuns([run.id], { name: 'mine', starred: true, removeTags: ['a'] });
  utimesSync(join(at, 'run-one.wandb'), 1000, 1000);
  expect(await importRuns()).toMatchObject([{ outcome: 'imported', runId: run.id }]);
  expect(core.runs.get(run.id)).toMatchObject({ name: 'mine', starred: true, tags: ['b'] });
});

it('a tracked run that was thrown away stays away, until it is wanted again', async () => {
  const folder = testFolder();
  const dataDir = join(folder, 'data');
  const { core, importRuns } = testCore(dataDir);
  const [binned, deleted] = [trackedRun(folder, 'binned'), trackedRun(folder, 'deleted')];
  const imported = await importRuns();
  const idOf = (at: string) => imported.find((each) => each.folder === at)!.runId!;
  core.bin.binRuns([idOf(binned), idOf(deleted)]);
  await core.remover.deleteRuns([idOf(deleted)]);
  for (const [at, id] of [
    [binned, 'binned'],
    [deleted, 'deleted'],
  ] as const) {
    utimesSync(join(at, `run-${id}.wandb`), 1000, 1000);
  }

  // A folder that is watched, with one more run: that one alone is new.
  trackedRun(folder, 'fresh');
  core.tracked.watch(join(folder, 'lab'), 'lab', true);
  void core.tracked.follow(() => undefined).catch(() => undefined);
  await vi.waitFor(
    () => expect(core.repos.runs.list({ limit: 9 }).map(({ name }) => name)).toEqual(['run fresh']),
    { timeout: 10_000 },
  );
  expect(core.runs.get(idOf(binned)).binnedAt).not.toBeNull();

  // Asked for, what was deleted is imported anew; what is in the bin is restored from there.
  const outcomes = (await importRuns()).map(({ folder: at, outcome, text }) => [at, outcome, text]);
  expect(outcomes).toContainEqual([binned, 'skipped', 'in the bin']);
  expect(outcomes).toContainEqual([deleted, 'imported', expect.any(String)]);
  core.bin.restoreRuns([idOf(binned)]);
  expect(
    core.repos.runs
      .list({ limit: 9 })
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['run binned', 'run deleted', 'run fresh']);
});
