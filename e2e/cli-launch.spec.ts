import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/cli.ts';
import { docker } from './support/docker.ts';

interface LaunchDocument {
  run: { id: string; state: string; exitCode: number; engine: string; versionNumber: number };
}

const HELLO = 'print("hello from the job")\n';
const TICKS = `
import time
for i in range(600):
    print("tick", i, flush=True)
    time.sleep(0.1)
`;
const launchArgs = (folder: string, engine: string) => [
  'launch',
  ...['--uri', folder, '--job-name', 'hello-world-code', '--project', 'launch-quickstart'],
  ...['--entry-point', 'python main.py', '--engine', engine],
];

for (const engine of ['docker', 'process']) {
  test.describe(`on the ${engine} engine`, () => {
    test('launches a folder, streams its log and makes versions only of changes', async ({
      slipway,
      code,
    }) => {
      const folder = await code({ 'main.py': HELLO });
      const first = await slipway.run(...launchArgs(folder, engine));
      expect(first).toMatchObject({ status: 0, stdout: 'hello from the job\n' });
      const again = await slipway.json<LaunchDocument>(...launchArgs(folder, engine));
      expect(again.run).toMatchObject({ state: 'finished', exitCode: 0, engine, versionNumber: 0 });
      await appendFile(join(folder, 'main.py'), 'print("and more")\n');
      const edited = await slipway.json<LaunchDocument>(...launchArgs(folder, engine));
      expect(edited.run).toMatchObject({ state: 'finished', versionNumber: 1 });
      const logs = await slipway.run('run', 'logs', edited.run.id);
      expect(logs.stdout).toBe('hello from the job\nand more\n');
      const old = await slipway.run('launch', '--job', 'hello-world-code:v0', '--engine', engine);
      expect(old).toMatchObject({ status: 0, stdout: 'hello from the job\n' });
    });

    test('gives every byte as it was printed, on its own stream', async ({ slipway, code }) => {
      const script = `
import os
os.write(1, bytes(range(256)) * 40)
os.write(2, b"\\xff\\xfe error \\x00\\n")
os.write(1, "é€😀 no end of line".encode())
`;
      const folder = await code({ 'main.py': script });
      const { child, ended } = slipway.start(...launchArgs(folder, engine));
      const bytes: Buffer[] = [];
      child.stdout!.setEncoding('latin1').on('data', (text: string) => {
        bytes.push(Buffer.from(text, 'latin1'));
      });
      const { status } = await ended;
      const expected = Buffer.concat([
        ...Array.from({ length: 40 }, () => Buffer.from(Array.from({ length: 256 }, (_, i) => i))),
        Buffer.from('é€😀 no end of line'),
      ]);
      expect(status).toBe(0);
      expect(Buffer.concat(bytes).equals(expected)).toBe(true);
    });

    test('ends with the result of the run', async ({ slipway, code }) => {
      const folder = await code({ 'main.py': 'import sys; print("no"); sys.exit(3)\n' });
      const { status, stderr } = await slipway.run(...launchArgs(folder, engine));
      expect(status).toBe(1);
      expect(stderr).toContain('exit code 3');
    });

    test('is stopped by Ctrl-C and leaves nothing running', async ({ slipway, code }) => {
      const folder = await code({ 'main.py': TICKS });
      const { child, printed, ended } = slipway.start(...launchArgs(folder, engine));
      await printed('tick 3');
      child.kill('SIGINT');
      const { status, stderr } = await ended;
      expect(status).toBe(130);
      expect(stderr).toContain('stopped on request');
      const [run] = await slipway.json<{ id: string; state: string }[]>('run', 'list');
      expect(run!.state).toBe('stopped');
      expect(await docker.containersOf([run!.id])).toEqual([]);
    });

    test('killed with kill -9 loses nothing: the run goes on and is stopped later', async ({
      slipway,
      code,
    }) => {
      const folder = await code({ 'main.py': TICKS });
      const { child, printed, ended } = slipway.start(...launchArgs(folder, engine));
      await printed('tick 5');
      child.kill('SIGKILL');
      await ended;
      const [run] = await slipway.json<{ id: string; state: string }[]>('run', 'list');
      expect(run!.state).toBe('running');
      const stopped = await slipway.run('run', 'stop', run!.id);
      expect(stopped.status).toBe(0);
      const { stdout } = await slipway.run('run', 'logs', run!.id);
      const ticks = stdout
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('tick '));
      expect(ticks.length).toBeGreaterThan(5);
      expect(ticks).toEqual(ticks.map((_, i) => `tick ${i}`));
      expect(await docker.containersOf([run!.id])).toEqual([]);
    });

    test('goes on in the background and is stopped from another terminal', async ({
      slipway,
      code,
    }) => {
      const folder = await code({ 'main.py': TICKS });
      const { stdout } = await slipway.run(...launchArgs(folder, engine), '--async');
      const id = stdout.trim();
      const following = slipway.start('run', 'logs', '--follow', id);
      await following.printed('tick 2');
      const stop = await slipway.json<LaunchDocument>('run', 'stop', id);
      expect(stop.run.state).toBe('stopped');
      expect((await following.ended).status).toBe(0);
      expect(await docker.containersOf([id])).toEqual([]);
    });
  });
}

test('docker is the second witness: the container runs while the run does', async ({
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': TICKS });
  const { child, printed, ended } = slipway.start(...launchArgs(folder, 'docker'));
  await printed('tick 1');
  const [run] = await slipway.json<{ id: string }[]>('run', 'list');
  const [name] = await docker.containersOf([run!.id]);
  expect(await docker.command('inspect', '--format', '{{.State.Status}}', name!)).toBe('running');
  expect(await docker.command('logs', name!)).toContain('tick 0');
  child.kill('SIGINT');
  await ended;
});

test('an unchanged image is reused, a changed file does not reinstall', async ({
  slipway,
  code,
  folder: folderName,
}) => {
  // Code of its own: an image that another test made of the same code would be reused.
  const folder = await code({ 'main.py': `print("${folderName}")\n` });
  const steps = async () => {
    const { run } = await slipway.json<LaunchDocument>(...launchArgs(folder, 'docker'));
    return slipway.json<{
      run: { environment: { reused: boolean; because: string } };
      steps: { name: string; state: string }[];
    }>('run', 'show', run.id);
  };
  await steps();
  const again = await steps();
  expect(again).toMatchObject({ run: { environment: { reused: true } }, steps: [] });
  await appendFile(join(folder, 'main.py'), 'print(1)\n');
  const edited = await steps();
  expect(edited.run.environment).toMatchObject({ reused: false, because: 'the code changed' });
  const environment = edited.steps.find((step) => step.name.includes('python3 -m venv'));
  expect(environment?.state).toBe('cached');
});
