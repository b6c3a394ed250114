import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, slipwayOn, test } from './support/cli.ts';
import { docker } from './support/docker.ts';

interface Made {
  job: { name: string; fullName: string; description: string };
  version: { number: number; aliases: string[]; source: Record<string, unknown> };
  created: boolean;
}

interface Ended {
  run: { id: string; state: string; exitCode: number; versionNumber: number };
}

const HELLO = 'import sys\nprint("hello", *sys.argv[1:])\n';
const BASE = process.env['SLIPWAY_TEST_BASE_IMAGE']!;

test('job create: names, descriptions, aliases that move, and no version of what is the same', async ({
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': HELLO });
  const create = (...more: string[]) =>
    slipway.json<Made>('job', 'create', 'code', folder, '-E', 'python main.py', ...more);
  const first = await create('-n', 'trainer', '-p', 'vision', '-d', 'says hello', '-a', 'best');
  expect(first).toMatchObject({
    created: true,
    job: { name: 'trainer', description: 'says hello' },
    version: { number: 0, aliases: ['best', 'latest'] },
  });
  expect((await create('-n', 'trainer', '-p', 'vision')).created).toBe(false);
  await writeFile(join(folder, 'main.py'), `${HELLO}print("more")\n`);
  const printed = await slipway.run(
    ...['job', 'create', 'code', folder, '-E', 'python main.py'],
    ...['-n', 'trainer', '-p', 'vision', '-a', 'best', '-a', 'second'],
  );
  expect(printed.stdout).toMatch(/^Updated job: .*\/vision\/trainer:v1, with aliases: /);
  const moved = await slipway.json<Made>('job', 'describe', 'vision/trainer:best');
  expect(moved.version).toMatchObject({ number: 1, aliases: ['best', 'latest', 'second'] });
  await slipway.run('job', 'alias', 'vision/trainer:v0', 'best');
  const back = await slipway.json<Made>('job', 'describe', 'vision/trainer:best');
  expect(back.version.number).toBe(0);
});

test('a name that is not there offers the nearest one', async ({ slipway, code }) => {
  const folder = await code({ 'main.py': HELLO });
  await slipway.run('job', 'create', 'code', folder, '-E', 'python main.py', '-n', 'trainer');
  const { status, stderr } = await slipway.run('launch', '--job', 'trianer');
  expect(status).toBe(2);
  expect(stderr).toContain('Did you mean: trainer');
});

test('a version launches again after its folder is gone, here and from a file elsewhere', async ({
  slipway,
  folder,
  code,
}) => {
  const source = await code({ 'main.py': HELLO, 'data/x.txt': 'x' });
  const how = ['--job-name', 'kept', '-E', 'python main.py', '--engine', 'process'];
  await slipway.run('launch', '--uri', source, ...how);
  await rename(source, `${source}-gone`);
  const again = await slipway.run('launch', '--job', 'kept:v0', '--engine', 'process');
  expect(again).toMatchObject({ status: 0, stdout: 'hello\n' });

  const file = join(folder, 'kept.slipway');
  expect((await slipway.run('job', 'export', 'kept:v0', file)).status).toBe(0);
  await rm(slipway.dataDir, { recursive: true });
  const elsewhere = slipwayOn(join(folder, 'other-data'));
  expect((await elsewhere.run('job', 'import', file)).status).toBe(0);
  const there = await elsewhere.run('launch', '--job', 'kept', '--engine', 'process');
  expect(there).toMatchObject({ status: 0, stdout: 'hello\n' });
  await elsewhere.run('job', 'write', 'kept', join(folder, 'written'));
  expect(await readFile(join(folder, 'written/main.py'), 'utf8')).toBe(HELLO);
});

test('two versions are told apart: files, entry point and environment', async ({
  slipway,
  code,
}) => {
  const folder = await code({
    'main.py': HELLO,
    'old.txt': 'a',
    'requirements.txt': 'six==1.16\n',
  });
  const create = (entry: string) =>
    slipway.run('job', 'create', 'code', folder, '-n', 'two', '-E', entry);
  await create('python main.py');
  await writeFile(join(folder, 'main.py'), HELLO.replace('hello', 'goodbye'));
  await writeFile(join(folder, 'requirements.txt'), 'six==1.17\n');
  await rm(join(folder, 'old.txt'));
  await create('python main.py --fast');
  const { stdout, status } = await slipway.run('job', 'diff', 'two:v0', 'two:v1');
  expect(status).toBe(0);
  for (const text of ['main.py', 'old.txt', 'six==1.16', 'six==1.17', '--fast']) {
    expect(stdout).toContain(text);
  }
  const patch = await slipway.run('job', 'diff', 'two:v0', 'two:v1', 'main.py');
  expect(patch.stdout).toContain('-print("hello"');
  expect(patch.stdout).toContain('+print("goodbye"');
});

test('inspect tells what code takes, and runs nothing of it', async ({ slipway, code, folder }) => {
  const canary = join(folder, 'canary');
  const script = `
import argparse
open(${JSON.stringify(canary)}, "w").write("run")
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1, help="learning rate")
parser.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd")
parser.parse_args()
`;
  const source = await code({ 'train.py': script, 'requirements.txt': 'six\n' });
  const found = await slipway.json<{
    detection: {
      entryPoints: { words: string[] }[];
      parameters: { name: string; evidence: { file: string; line: number } }[];
    };
    environment: { dependencies: { path: string } };
  }>('inspect', source);
  expect(found.detection.entryPoints[0]?.words).toEqual(['python', 'train.py']);
  expect(found.detection.parameters).toMatchObject([
    { name: 'lr', type: 'number', default: 0.1, evidence: { file: 'train.py', line: 5 } },
    { name: 'optimizer', choices: ['sgd', 'adam'], evidence: { file: 'train.py', line: 6 } },
  ]);
  expect(found.environment.dependencies.path).toBe('requirements.txt');
  await expect(readFile(canary)).rejects.toThrow('ENOENT');
});

test('an image job pins what its tag was, and starts by itself or as it is told', async ({
  slipway,
}) => {
  const image = `slipway-test/pinned-${process.pid}:main`;
  const tagFrom = (command: string) =>
    docker.command('commit', '--change', `CMD ["echo","${command}"]`, 'slipway-test-pin', image);
  await docker.command('create', '--name', 'slipway-test-pin', BASE);
  try {
    await tagFrom('first');
    const launch = (...more: string[]) =>
      slipway.run('launch', '--docker-image', image, '--project', 'hello-world', ...more);
    expect(await launch()).toMatchObject({ status: 0, stdout: 'first\n' });
    expect(await launch('-E', 'echo given')).toMatchObject({ status: 0, stdout: 'given\n' });
    await tagFrom('second');
    expect(await launch()).toMatchObject({ status: 0, stdout: 'second\n' });
    const name = `job-slipway-test_pinned-${process.pid}`;
    const old = await slipway.run('launch', '--job', `hello-world/${name}:v0`);
    expect(old).toMatchObject({ status: 0, stdout: 'first\n' });
    const { version } = await slipway.json<Made>('job', 'describe', `hello-world/${name}:main`);
    expect(version.number).toBe(2);
  } finally {
    await docker.command('rm', 'slipway-test-pin');
    await docker.command('rmi', '--force', image);
  }
});

test('a Dockerfile beside the entry file is found, and reused when nothing changed', async ({
  slipway,
  code,
}) => {
  const folder = await code({
    'jobs/hello/job.py': 'print("from the image")\n',
    'jobs/hello/Dockerfile.wandb': `FROM ${BASE}\nWORKDIR /app\nCOPY job.py ./\n`,
  });
  const launch = () =>
    slipway.json<Ended>(
      ...['launch', '--uri', folder, '--job-name', 'docked', '--engine', 'docker'],
      ...['-E', 'python jobs/hello/job.py'],
    );
  const first = await launch();
  expect(first.run).toMatchObject({ state: 'finished', exitCode: 0 });
  const logs = await slipway.run('run', 'logs', first.run.id);
  expect(logs.stdout).toBe('from the image\n');
  const again = await launch();
  expect(again.run).toMatchObject({ state: 'finished', environment: { reused: true } });
});
