import { createHash } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCore } from '../create-core.ts';
import { testFolder } from '../db/testing.ts';
import { TestRepository } from '../sources/git/testing/git-repository.ts';
import { item, message, record } from '../tracked/testing/records.ts';
import { writeFiles } from '../tracked/testing/run-folder.ts';
import { wandbBytes } from '../tracked/testing/write-wandb.ts';

const RESOURCES = fileURLToPath(new URL('../../../resources', import.meta.url));
const control = { signal: new AbortController().signal };
const REMOTE = 'https://git.invalid/team/demo.git';
const HOUR_MS = 3_600_000;

/** A whole core on real files, with no engine, and an import into the project "tracked". */
function testCore() {
  const folder = testFolder();
  const core = createCore({
    dataDir: join(folder, 'data'),
    workers: {
      snapshots: new URL('../snapshots/worker.ts', import.meta.url),
      runReader: new URL('./read-worker.ts', import.meta.url),
      runList: new URL('../run-list/list-worker.ts', import.meta.url),
      logSearch: new URL('../logs/search/search-worker.ts', import.meta.url),
      care: new URL('../host/care-worker.ts', import.meta.url),
    },
    resources: RESOURCES,
    dockerHost: 'unix:///none.sock',
  });
  onTestFinished(() => core.close());
  const importRuns = (from: string) =>
    core.tracked.import({ folder: from, project: 'tracked' }, control);
  const logText = async (runId: string) => {
    const { lines } = await core.logs.head(runId);
    return (await core.logs.page(runId, 0, lines)).map(({ text }) => text).join('\n');
  };
  return { folder, core, importRuns, logText };
}

const gitState = (remote: string, commit: string) => message({ 1: remote, 2: commit });

const results = [
  record.config([item('lr', '0.5'), item('layers', '[1, 2]')]),
  record.history({ loss: 2, _step: 0 }),
  record.history({ loss: 1, _step: 1 }),
  // A summary with a bare NaN, as the SDK writes it.
  message({ 3: message({ 1: [item('loss', '1'), item('best', 'NaN')] }) }),
  record.output('first line\n', Date.now()),
  record.output('a warning\n', Date.now(), 'stderr'),
];

/** A run folder of these records in `parent/wandb`. */
const trackedRun = (parent: string, records: Uint8Array[], files = {}, id = 'abc') =>
  writeFiles(join(parent, 'wandb', `offline-run-20250131_120000-${id}`), {
    [`run-${id}.wandb`]: wandbBytes(records),
    'files/requirements.txt': 'six==1.16.0\n',
    ...files,
  });

/** A clone of {@link REMOTE} with one commit, and a run of it in its folder. */
function runInClone(folder: string, more: Uint8Array[] = [record.exit(0, 3)], files = {}) {
  const clone = new TestRepository(join(folder, 'clone'));
  clone.write('src/train.py', 'print(1)\n');
  clone.write('.gitignore', 'wandb/\n');
  const commit = clone.commit();
  clone.git('remote', 'add', 'origin', REMOTE);
  const start = record.environment({
    2: 'CPython 3.11.7',
    5: ['--lr', '0.5'],
    7: 'src/train.py',
    9: gitState(REMOTE, commit),
  });
  const at = trackedRun(clone.folder, [start, ...results, ...more], files);
  return { clone, commit, at };
}

describe('a tracked run', () => {
  it('becomes a job, and a run with all that was recorded', async () => {
    const { folder, core, importRuns, logText } = testCore();
    const { clone, commit } = runInClone(folder);
    const [imported] = await importRuns(clone.folder);
    expect(imported).toMatchObject({ outcome: 'imported', problems: [] });
    const run = core.runs.get(imported!.runId!);
    expect(run).toMatchObject({
      projectName: 'tracked',
      jobName: 'job-https___git.invalid_team_demo.git_src_train.py',
      state: 'finished',
      exitCode: 0,
      engine: null,
      entryPoint: ['python', 'src/train.py', '--lr', '0.5'],
      config: { lr: 0.5, layers: [1, 2] },
      summary: { loss: 1, best: 'NaN' },
      log: { state: 'sealed' },
    });
    expect(await logText(run.id)).toBe('first line\na warning');
    const [loss] = await core.readSeries(run.id, 100);
    expect(loss).toMatchObject({ name: 'loss', last: 1 });
    expect(loss?.points.map(({ step, value }) => [step, value])).toEqual([
      [0, 2],
      [1, 1],
    ]);
    const version = core.jobs.version(run.versionId);
    expect(version).toMatchObject({
      source: { kind: 'git', remote: REMOTE, commit, dirty: null },
      environment: {
        dependencies: { kind: 'frozen' },
        requirements: 'six==1.16.0\n',
        python: { version: '3.11' },
      },
      types: { inputs: { wb_type: 'typedDict' } },
    });
  });

  it('has the changes that were not committed', async () => {
    const { folder, core, importRuns } = testCore();
    const patch = [
      'diff --git a/src/train.py b/src/train.py',
      '--- a/src/train.py',
      '+++ b/src/train.py',
      '@@ -1 +1 @@',
      '-print(1)',
      '+print(2)',
      '',
    ].join('\n');
    const { clone } = runInClone(folder, [record.exit(0, 3)], { 'files/diff.patch': patch });
    const [imported] = await importRuns(clone.folder);
    const { versionId } = core.runs.get(imported!.runId!);
    const { source } = core.jobs.version(versionId);
    expect(source).toMatchObject({ kind: 'git', dirty: { untracked: [] } });
    const tree = source.kind === 'git' ? source.tree : '';
    const text = await core.snapshots.readFile(tree, 'src/train.py', 100);
    expect(text?.toString()).toBe('print(2)\n');
  });

  it('is imported once, and anew under the same id when it has changed', async () => {
    const { folder, core, importRuns } = testCore();
    const { clone, at } = runInClone(folder);
    const [first] = await importRuns(clone.folder);
    expect(await importRuns(at)).toMatchObject([{ outcome: 'known', runId: first!.runId }]);
    writeFileSync(join(at, 'files/wandb-summary.json'), '{"more": 7}');
    expect(await importRuns(clone.folder)).toMatchObject([
      { outcome: 'imported', runId: first!.runId },
    ]);
    expect(core.runs.get(first!.runId!).summary).toMatchObject({ loss: 1, more: 7 });
    expect(core.repos.runs.list({ limit: 10 })).toHaveLength(1);
    expect((await core.readSeries(first!.runId!, 10))[0]).toMatchObject({ name: 'loss', count: 2 });
  });

  it('of logged code is a job of that code', async () => {
    const { folder, core, importRuns } = testCore();
    const code = 'print("logged")\n';
    const md5 = createHash('md5').update(code).digest('base64');
    const staged = '/elsewhere/artifacts/staging/tmp1';
    const entry = { 1: 'train.py', 2: md5, 4: code.length, 6: staged };
    writeFiles(folder, { 'data/artifacts/staging/tmp1': code });
    trackedRun(folder, [
      record.environment({ 7: 'train.py', 8: 'train.py' }),
      record.code('source-demo-train.py', [entry]),
      record.exit(3, 1),
    ]);
    const [imported] = await importRuns(join(folder, 'wandb'));
    expect(imported).toMatchObject({ outcome: 'imported' });
    expect(core.runs.get(imported!.runId!)).toMatchObject({
      jobName: 'job-source-demo-train.py',
      state: 'failed',
      exitCode: 3,
    });
  });

  it.each([
    ['a folder of the machine', '/etc', 'git remote is the folder'],
    ['a program for git to run', 'ext::sh -c touch% x', 'cannot be used'],
  ])('whose remote is %s keeps its results, without any code', async (_what, remote, why) => {
    const { folder, core, importRuns } = testCore();
    trackedRun(folder, [
      record.environment({ 7: 'train.py', 9: gitState(remote, 'a'.repeat(40)) }),
      ...results,
      record.exit(0, 1),
    ]);
    const [imported] = await importRuns(folder);
    expect(imported?.text).toContain(why);
    const run = core.runs.get(imported!.runId!);
    expect(run).toMatchObject({ state: 'finished', config: { lr: 0.5 }, summary: { loss: 1 } });
    const version = core.jobs.version(run.versionId);
    const files = await core.jobs.entries(version);
    expect(files.map(({ path }) => path)).toEqual(['requirements.txt', 'run.json']);
    expect(version.environment.notes.join()).toContain('cannot be launched');
    const launch = { jobId: run.jobId, versionId: run.versionId };
    await expect(core.runs.launch(launch, control)).rejects.toMatchObject({
      code: 'E_SOURCE_NOT_FOUND',
    });
    await importRuns(folder);
    expect(core.repos.runs.list({ limit: 10 })).toHaveLength(1);
  });

  it('without a record of its end may still run; when it is quiet for long, it was killed', async () => {
    const { folder, core, importRuns } = testCore();
    const { clone, at } = runInClone(folder, []);
    expect(await importRuns(clone.folder)).toMatchObject([
      { outcome: 'skipped', text: expect.stringContaining('running still') },
    ]);
    const before = (Date.now() - HOUR_MS) / 1000;
    for (const file of ['run-abc.wandb', 'files/requirements.txt']) {
      utimesSync(join(at, file), before, before);
    }
    const [imported] = await importRuns(clone.folder);
    expect(core.runs.get(imported!.runId!)).toMatchObject({
      state: 'crashed',
      reason: { code: 'no-record' },
    });
  });
});

describe('a watched folder', () => {
  it('brings in by itself what comes, and nothing while it is off', async () => {
    const { folder, core } = testCore();
    const { clone } = runInClone(folder);
    core.tracked.watch(clone.folder, 'tracked', true);
    void core.tracked.follow(() => undefined).catch(() => undefined);
    await expect.poll(() => core.repos.runs.list({ limit: 10 }).length, { timeout: 8000 }).toBe(1);
    expect(core.tracked.watch(clone.folder, 'tracked', false)).toMatchObject([{ enabled: false }]);
    expect(core.tracked.unwatch(clone.folder)).toEqual([]);
  });
});
