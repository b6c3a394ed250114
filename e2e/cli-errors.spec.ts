import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, slipwayOn, test } from './support/cli.ts';

const launch = (folder: string, entryPoint: string, ...more: string[]) => [
  'launch',
  ...['--uri', folder, '--job-name', 'bad', '--entry-point', entryPoint, ...more],
];

interface ErrorDocument {
  error: { code: string; message: string; next?: string };
}

test.describe('bad input has a code, a next step and the status for usage', () => {
  const cases: [string, Record<string, string>, string, string][] = [
    [
      'an entry point that does not exist',
      { 'main.py': '' },
      'python train.py',
      'E_ENTRYPOINT_MISSING',
    ],
    ['unbalanced quotes', { 'main.py': '' }, 'python "main.py', 'E_ENTRYPOINT_PARSE'],
    ['a trailing backslash', { 'main.py': '' }, 'python main.py \\', 'E_ENTRYPOINT_PARSE'],
    ['an empty entry point', { 'main.py': '' }, '   ', 'E_ENTRYPOINT'],
    ['an empty folder', {}, 'python main.py', 'E_SOURCE_EMPTY'],
    ['a folder of ignored files', { '.env': 'A=1' }, 'python main.py', 'E_SOURCE_EMPTY'],
  ];
  for (const [name, files, entryPoint, code] of cases) {
    test(name, async ({ slipway, code: make }) => {
      const folder = await make(files);
      const { status, stdout, stderr } = await slipway.run(...launch(folder, entryPoint), '--json');
      const { error } = JSON.parse(stdout) as ErrorDocument;
      expect({ status, code: error.code }).toEqual({ status: 2, code });
      expect(error.next?.length).toBeGreaterThan(10);
      expect(stderr).toContain(error.message);
      expect(await slipway.json('job', 'list')).toEqual([]);
    });
  }

  test('a folder that is not there', async ({ slipway }) => {
    const { status } = await slipway.run(...launch('/not/there', 'python main.py'));
    expect(status).toBe(2);
  });

  test('a bad name, with the nearest good one', async ({ slipway, code }) => {
    const folder = await code({ 'main.py': '' });
    const args = ['launch', '--uri', folder, '--job-name', 'a b/c', '-E', 'python main.py'];
    const { status, stderr } = await slipway.run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain('Did you mean: a_b_c');
  });

  test('unknown options, and flags that do not go together', async ({ slipway, code }) => {
    const folder = await code({ 'main.py': '' });
    expect((await slipway.run('launch', '--nonsense')).status).toBe(2);
    expect((await slipway.run('launch', '--uri', folder)).status).toBe(2);
    expect((await slipway.run('launch', '--uri', folder, '--job', 'x', '-E', 'y')).status).toBe(2);
    expect((await slipway.run('launch', '--job', 'x', '--git-version', 'main')).stderr).toContain(
      'Only a repository or folder (--uri) is built.',
    );
    expect((await slipway.run('run', 'show', 'nothing')).status).toBe(2);
  });
});

test('no engine: says where it looked and ends with 3', async ({ folder, code }) => {
  const slipway = slipwayOn(join(folder, 'data'), { DOCKER_HOST: `unix://${folder}/no.sock` });
  const root = await code({ 'main.py': 'print(1)\n' });
  const { status, stderr } = await slipway.run(
    ...launch(root, 'python main.py', '--engine', 'docker'),
  );
  expect(status).toBe(3);
  expect(stderr).toContain(`${folder}/no.sock`);
  const doctor = await slipway.run('doctor');
  expect(doctor.status).toBe(0);
  expect(doctor.stdout).toContain('Runs use the process engine: no Docker engine can be used');
  const fallback = await slipway.run(...launch(root, 'python main.py'));
  expect(fallback).toMatchObject({ status: 0, stdout: '1\n' });
});

test('a damaged database: the doctor tells how to mend it, and everything else', async ({
  slipway,
}) => {
  await slipway.run('queue', 'list');
  await writeFile(join(slipway.dataDir, 'slipway.db'), 'garbage '.repeat(900));
  const { status, stdout } = await slipway.run('doctor');
  expect(status).toBe(1);
  expect(stdout).toMatch(/^✗ Database: .*\n {4}.*slipway doctor --/m);
  for (const title of ['Process engine', 'Data folder', 'Disk space', 'Snapshots', 'Open files']) {
    expect(stdout).toContain(`✓ ${title}: `);
  }
  const report = await slipway.json<{ checks: { id: string; status: string }[] }>('doctor');
  expect(report.checks).toContainEqual(
    expect.objectContaining({ id: 'database', status: 'missing' }),
  );
});

test('a base image that is not to be had ends with 3 and says what to do', async ({
  slipway,
  code,
}) => {
  const image = `${process.env['SLIPWAY_TEST_REGISTRY']}/not/there:1`;
  await slipway.run('settings', 'set', 'base-image', image);
  const folder = await code({ 'main.py': '' });
  const { status, stderr } = await slipway.run(
    ...launch(folder, 'python main.py', '--engine', 'docker'),
  );
  expect(status).toBe(3);
  expect(stderr).toContain(image);
  expect(stderr).toContain('next:');
});

test('a base image in a registry is pulled', async ({ slipway, code }) => {
  const image = `${process.env['SLIPWAY_TEST_REGISTRY']}/python:3.11-slim`;
  await slipway.run('settings', 'set', 'base-image', image);
  const folder = await code({ 'main.py': 'print("pulled")\n' });
  const result = await slipway.run(...launch(folder, 'python main.py', '--engine', 'docker'));
  expect(result).toMatchObject({ status: 0, stdout: 'pulled\n' });
});

test('a requirement that cannot be installed is named, with the output', async ({
  slipway,
  code,
}) => {
  await slipway.run('settings', 'set', 'package-index', 'http://127.0.0.1:9/simple');
  const folder = await code({ 'main.py': '', 'requirements.txt': 'no-such-package-here==9\n' });
  for (const engine of ['docker', 'process']) {
    const { status, stderr } = await slipway.run(
      ...launch(folder, 'python main.py', '--engine', engine),
    );
    expect(status).toBe(1);
    expect(stderr).toContain('no-such-package-here');
  }
});

test('a program that is not there fails at the start, in plain words', async ({
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': '' });
  for (const engine of ['docker', 'process']) {
    const { status, stderr } = await slipway.run(
      ...launch(folder, 'frobnicate --now', '--engine', engine),
    );
    expect(status).toBe(1);
    expect(stderr).toContain('frobnicate');
  }
});

test('an unreadable data folder, and one of a newer version, are left as they are', async ({
  folder,
}) => {
  const slipway = slipwayOn(join(folder, 'newer'));
  await slipway.run('project', 'list');
  const db = new Database(join(folder, 'newer', 'slipway.db'));
  db.pragma('user_version = 99');
  db.close();
  const newer = await slipway.run('project', 'list');
  expect(newer.status).toBe(2);
  expect(newer.stderr).toContain('newer Slipway');
  await writeFile(join(folder, 'file'), '');
  const noFolder = await slipwayOn(join(folder, 'file')).run('project', 'list');
  expect(noFolder.status).toBe(2);
  expect(noFolder.stderr).toContain('--data-dir');
});

test('links, FIFOs and secrets in a folder are survived and told', async ({
  slipway,
  code,
  folder,
}) => {
  const root = await code({
    'main.py': 'import os; print(sorted(os.listdir(".")))\n',
    '.env': 'K=1',
  });
  await mkdir(join(root, 'empty'));
  const { execFileSync } = await import('node:child_process');
  execFileSync('mkfifo', ['pipe'], { cwd: root });
  execFileSync('ln', ['-s', folder, 'out-link'], { cwd: root });
  execFileSync('ln', ['-s', '.', 'loop'], { cwd: root });
  await chmod(join(root, 'main.py'), 0o600);
  const result = await slipway.run(...launch(root, 'python main.py', '--engine', 'process'));
  expect(result).toMatchObject({
    status: 0,
    stdout: "['empty', 'loop', 'main.py', 'out-link']\n",
  });
});
