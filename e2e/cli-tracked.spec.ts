import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wandbBytes } from '../src/core/tracked/testing/write-wandb.ts';
import { item, record } from '../src/core/tracked/testing/records.ts';
import { expect, test } from './support/git.ts';
import { slipwayOn } from './support/cli.ts';
import { leave, writeRun, type Recorded } from './support/tracked.ts';

interface Imported {
  folder: string;
  outcome: string;
  runId: string;
  text: string;
  problems: string[];
}

interface Shown {
  run: Record<string, unknown>;
  metrics: { name: string; count: number; last: number | null }[];
}

const TRAIN: Recorded = {
  id: 'train001',
  config: { lr: 0.1, layers: [64, 32], name: 'small' },
  history: [{ loss: 2 }, { loss: 1 }, { loss: 0.5, accuracy: 0.9 }],
  summary: { loss: 0.5, accuracy: 0.9 },
  output: 'epoch 1\nepoch 2\n',
  code: { 'train.py': 'import helpers\nprint(helpers.WORD)\n', 'helpers.py': 'WORD = "again"\n' },
};

test('a run with logged code: its results, its console, and a job that runs again', async ({
  slipway,
  folder,
}) => {
  await writeRun(folder, TRAIN);
  const [imported] = await slipway.json<Imported[]>('run', 'import', folder, '-p', 'tracked');
  expect(imported).toMatchObject({ outcome: 'imported', problems: [] });
  const { run, metrics } = await slipway.json<Shown>('run', 'show', imported!.runId);
  expect(run).toMatchObject({
    name: 'named-train001',
    projectName: 'tracked',
    state: 'finished',
    exitCode: 0,
    engine: null,
    config: TRAIN.config,
    summary: TRAIN.summary,
    startedAt: 1738324800000,
  });
  expect(metrics).toMatchObject([
    { name: 'accuracy', count: 1, last: 0.9 },
    { name: 'loss', count: 3, last: 0.5, points: [{ step: 0, value: 2 }, { step: 1 }, {}] },
  ]);
  const shown = await slipway.run('run', 'show', 'named-train001');
  expect(shown.stdout).toMatch(/metric loss: +0.5 \(3 points\)/);
  const logs = await slipway.run('run', 'logs', imported!.runId);
  expect(logs).toMatchObject({ status: 0, stdout: 'epoch 1\nepoch 2\n' });

  const [known] = await slipway.json<Imported[]>('run', 'import', folder, '-p', 'tracked');
  expect(known).toMatchObject({ outcome: 'known', runId: imported!.runId });
  expect(await slipway.json<unknown[]>('run', 'list')).toHaveLength(1);
  const again = await slipway.run(
    ...['launch', '--job', `tracked/${String(run['jobName'])}`, '--engine', 'process'],
  );
  expect(again).toMatchObject({ status: 0, stdout: 'again\n' });
});

test('a run of a repository: its commit with what was changed, and how runs end', async ({
  slipway,
  served,
  folder,
}) => {
  const repository = served.repository('code', { 'src/main.py': 'print("committed")\n' });
  const commit = repository.git('rev-parse', 'HEAD');
  repository.write('src/main.py', 'print("changed")\n');
  const patch = repository.git('diff', 'HEAD');
  const { url, certificate } = await served.start({ secure: true });
  const slip = slipwayOn(slipway.dataDir, { GIT_SSL_CAINFO: certificate });
  const git = { remote: `${url}/code`, commit, program: 'src/main.py' };
  await writeRun(folder, { id: 'clean001', git, exitCode: 3 });
  await writeRun(folder, { id: 'dirty001', git, files: { 'files/diff.patch': `${patch}\n` } });
  const killed = await writeRun(folder, { id: 'gone0001', git, exitCode: null });
  await leave(join(killed, 'run-gone0001.wandb'));
  const runs = await slip.json<Imported[]>('run', 'import', join(folder, 'wandb'));
  expect(runs.map(({ outcome }) => outcome)).toEqual(['imported', 'imported', 'imported']);
  const endOf = async (name: string) =>
    (await slip.json<Shown>('run', 'show', `named-${name}`)).run;
  expect(await endOf('clean001')).toMatchObject({ state: 'failed', exitCode: 3 });
  expect(await endOf('dirty001')).toMatchObject({ state: 'finished', exitCode: 0 });
  expect(await endOf('gone0001')).toMatchObject({ state: 'crashed', exitCode: null });
  await served.remove();
  for (const [name, printed] of [
    ['clean001', 'committed\n'],
    ['dirty001', 'changed\n'],
  ] as const) {
    const { jobName, versionNumber } = await endOf(name);
    const job = `${String(jobName)}:v${String(versionNumber)}`;
    const launched = await slip.run('launch', '--job', job, '--engine', 'process');
    expect(launched).toMatchObject({ status: 0, stdout: printed });
  }
});

test('hostile and damaged runs are told, and hold up none of the others', async ({
  slipway,
  folder,
}) => {
  const commit = 'a'.repeat(40);
  const bad = async (id: string, remote: string) =>
    writeRun(folder, { id, git: { remote, commit, program: 'main.py' } });
  await bad('ext00001', 'ext::sh$IFS-c$IFS/bin/false');
  await bad('option01', '--upload-pack=/bin/false');
  await bad('local001', '/etc');
  await writeRun(folder, { id: 'climb001', code: { 'a.py': '', '../../escape.py': '' } });
  await writeRun(folder, {
    id: '\u001b[2Jx',
    code: { 'a.py': '' },
    output: '\u001b]0;title\u0007',
  });
  const linked = await writeRun(folder, { ...TRAIN, id: 'linked01' });
  await symlink('/etc/passwd', join(linked, 'files-link'));
  const cut = await writeRun(folder, { ...TRAIN, id: 'cut00001' });
  const bytes = wandbBytes([record.config([]), record.output('x'.repeat(1000), 0)]);
  await writeFile(join(cut, 'run-cut00001.wandb'), bytes.subarray(0, 700));
  await leave(join(cut, 'run-cut00001.wandb'));
  await writeRun(folder, TRAIN);
  const { status, stdout, stderr } = await slipway.run('run', 'import', folder);
  expect(status).toBe(0);
  // oxlint-disable-next-line no-control-regex -- what would steer a terminal
  expect(stdout + stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
  for (const words of [
    'names a program that git would run',
    'taken for an option',
    'folder /etc',
  ]) {
    expect(stdout).toContain(words);
  }
  expect(stdout).toContain('outside of its folder');
  const runs = await slipway.json<{ name: string; jobName: string }[]>('run', 'list');
  expect(runs.map(({ name }) => name)).toContain('named-train001');
  // Its results are kept, without code that could be launched.
  const hostile = runs.find(({ name }) => name === 'named-ext00001');
  const launched = await slipway.run('launch', '--job', hostile!.jobName);
  expect(launched).toMatchObject({ status: 2, stdout: '' });
  expect(launched.stderr).toContain('names a program that git would run');
});

test('--watch imports what comes, until Ctrl-C', async ({ slipway, folder }) => {
  await writeRun(folder, TRAIN);
  const watching = slipway.start('run', 'import', folder, '--watch');
  await watching.printed('train001');
  await writeRun(folder, { ...TRAIN, id: 'second01' });
  await watching.printed('second01');
  watching.child.kill('SIGINT');
  expect((await watching.ended).status).toBe(130);
  expect(await slipway.json<unknown[]>('run', 'list')).toHaveLength(2);
});

/** Writes a run folder, byte for byte as given, where the SDK would make it. */
const tracking = (log: Buffer): string => `
import base64, os
assert os.environ["WANDB_MODE"] == "offline"
folder = os.path.join(os.environ["WANDB_DIR"], "wandb", "offline-run-20250131_120000-inner001")
os.makedirs(os.path.join(folder, "files"))
with open(os.path.join(folder, "run-inner001.wandb"), "wb") as log:
    log.write(base64.b64decode("${log.toString('base64')}"))
print("tracked")
`;

for (const engine of ['docker', 'process']) {
  test(`what a run on the ${engine} engine tracked is there when it has ended`, async ({
    slipway,
    code,
  }) => {
    const log = wandbBytes([
      record.run({ 1: 'inner001', 8: 'inner' }),
      record.config([item('lr', '0.1')]),
      record.summary({ loss: 0.25 }),
      record.history({ _step: 0, loss: 1 }),
      record.history({ _step: 1, loss: 0.25 }),
      record.exit(0, 1),
    ]);
    const source = await code({ 'main.py': tracking(log) });
    const { run: ended } = await slipway.json<{ run: { id: string } }>(
      ...['launch', '--uri', source, '-J', 'tracks', '-E', 'python main.py', '--engine', engine],
    );
    const { run, metrics } = await slipway.json<Shown>('run', 'show', ended.id);
    expect(run).toMatchObject({
      state: 'finished',
      engine,
      config: { lr: 0.1 },
      summary: { loss: 0.25 },
      tracked: { runId: 'inner001' },
    });
    expect(metrics).toMatchObject([{ name: 'loss', count: 2, last: 0.25 }]);
    expect((await slipway.run('run', 'logs', ended.id)).stdout).toBe('tracked\n');
  });
}
