import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, slipwayOn, test, type Slipway } from './support/cli.ts';

/** Tells its name, then goes on until the file is there. */
const CODE = `
import os, time
print("this is", os.environ.get("TAG", "?"), flush=True)
while "UNTIL" in os.environ and not os.path.exists(os.environ["UNTIL"]):
    time.sleep(0.05)
`;

interface Queued {
  id: string;
  name: string;
  state: string;
  priority: string;
  startedAt: number;
  queue: { name: string } | null;
  waits: { code: string; text: string } | null;
}

interface View {
  executor: { kind: string | null };
  waiting: { position: number; reason: { code: string; text: string }; run: Queued }[];
}

const job = async (slipway: Slipway, folder: string): Promise<void> => {
  const made = ['job', 'create', 'code', folder, '-n', 'queued', '-E', 'python main.py'];
  expect((await slipway.run(...made)).status).toBe(0);
};

const launch = ['launch', '-j', 'queued', '-r', 'process', '-q'];
const names = ({ waiting }: View): string[] => waiting.map(({ run }) => run.name);

test('what waits is put in order, moved, removed, and started by its priority', async ({
  slipway,
  code,
}) => {
  await job(slipway, await code({ 'main.py': CODE }));
  const alone = await slipway.run(...launch, '--async', '--name', 'b');
  expect(alone.stderr).toContain('nothing executes queues: open Slipway or run `slipway serve`');
  expect((await slipway.run('queue', 'pause', '--all')).stdout).toBe(
    'default: paused, 1 waiting, 0 running\n',
  );
  const added = [
    ['low', '3'],
    ['first', 'critical'],
    ['a', 'medium'],
    ['gone', 'high'],
  ].map(([name, priority]) => slipway.run(...launch, '--async', '--name', name!, '-P', priority!));
  expect((await Promise.all(added)).map(({ status }) => status)).toEqual([0, 0, 0, 0]);
  const before = await slipway.json<View>('queue', 'show');
  expect(names(before)).toEqual(['first', 'gone', 'b', 'a', 'low']);
  expect(before.waiting[4]).toMatchObject({ position: 5, reason: { code: 'paused' } });
  await slipway.run('queue', 'move', 'a', '--before', 'b');
  const [removed] = await slipway.json<Queued[]>('queue', 'rm', 'gone');
  expect(removed).toMatchObject({ name: 'gone', state: 'stopped' });
  const shown = await slipway.run('queue', 'show');
  expect(shown.stdout).toMatch(/^#  ID +NAME +PRIORITY +JOB +WHY$/m);
  expect(shown.stdout).toMatch(/^2 .* a +medium +queued:v0  queue paused$/m);
  expect((await slipway.run('run', 'show', 'a')).stdout).toMatch(
    /^waits: +queue paused \(slipway queue resume default\)$/m,
  );
  const last = slipway.start(...launch, '--name', 'last', '-P', 'low');
  await last.printed('waits: queue paused');
  await slipway.run('queue', 'resume', 'default');
  const { status, stdout } = await last.ended;
  expect([status, stdout]).toEqual([0, 'this is ?\n']);
  const runs = await slipway.json<Queued[]>('run', 'list', '--state', 'finished');
  const started = runs.toSorted((a, b) => a.startedAt - b.startedAt).map(({ name }) => name);
  expect(started).toEqual(['first', 'a', 'b', 'low', 'last']);
});

test('terminals side by side wait for each other; Ctrl-C removes what waits', async ({
  slipway,
  code,
  folder,
}) => {
  await job(slipway, await code({ 'main.py': CODE }));
  const file = join(folder, 'done');
  const one = slipway.start(...launch, '--name', 'one', '--env', `UNTIL=${file}`);
  await one.printed('this is');
  const [two, three] = ['two', 'three'].map((name) =>
    slipway.start(...launch, '--name', name, '--env', `TAG=${name}`),
  );
  for (const { printed } of [two!, three!]) await printed('waits: 1 of 1 running');
  const listed = await slipway.json<Queued[]>('run', 'list', '--state', 'queued');
  expect(listed.map(({ queue, waits }) => [queue?.name, waits?.text])).toEqual([
    ['default', '1 of 1 running'],
    ['default', '1 of 1 running'],
  ]);
  three!.child.kill('SIGINT');
  const removed = await three!.ended;
  expect(removed).toMatchObject({ status: 130, stdout: '' });
  expect(removed.stderr).toContain('three stopped: removed from the queue');
  await writeFile(file, '');
  expect(await one.ended).toMatchObject({ status: 0, stdout: 'this is ?\n' });
  const ended = await two!.ended;
  expect(ended).toMatchObject({ status: 0, stdout: 'this is two\n' });
  expect(ended.stderr.match(/^waits: /gm)!.length).toBeLessThanOrEqual(3);
});

test('a queue gives its runs resources, filled in from variables; what is wrong is refused', async ({
  slipway,
  code,
}) => {
  await job(slipway, await code({ 'main.py': CODE }));
  const tag = { type: 'integer', minimum: 1, maximum: 9 };
  const choices = ['-R', '{"env": ["TAG=number {{tag}}"]}', '--variables', JSON.stringify({ tag })];
  expect((await slipway.run('queue', 'create', 'gpu', '-n', '2', ...choices)).status).toBe(0);
  const set = await slipway.json('queue', 'set', 'gpu', '-n', 'none');
  expect(set).toMatchObject({ name: 'gpu', concurrency: null, variables: { tag } });
  const given = ['-c', '{"queue": "gpu", "priority": 1, "template_variables": {"tag": 4}}'];
  const { status, stdout } = await slipway.run(...launch.slice(0, -1), ...given);
  expect([status, stdout]).toEqual([0, 'this is number 4\n']);
  const [run] = await slipway.json<Queued[]>('run', 'list');
  expect(run).toMatchObject({ priority: 'high', queue: { name: 'gpu' }, waits: null });
  const isRefused = async (args: string[], code_: string, next: string): Promise<void> => {
    const refused = await slipway.run(...args, '--json');
    expect([args, refused.status]).toEqual([args, 2]);
    const told = JSON.parse(refused.stdout) as object;
    expect(told).toMatchObject({ error: { code: code_, next: expect.stringContaining(next) } });
  };
  await Promise.all([
    isRefused([...launch, 'gpu', '-v', 'tag=10'], 'E_PARAM_VALUE', '10'),
    isRefused([...launch, 'gup'], 'E_NOT_FOUND', 'gpu'),
    isRefused([...launch.slice(0, -1), '-P', 'high'], 'E_ARGS', '-q'),
    isRefused(['queue', 'move', run!.id, '--first'], 'E_STATE', 'rerun'),
    isRefused(['queue', 'create', '..'], 'E_NAME', 'my-queue'),
    isRefused(['queue', 'set', 'gpu', '-R', '{"memory": "abc"}'], 'E_RESOURCES', '512m'),
  ]);
  expect(await slipway.json('run', 'list')).toHaveLength(1);
});

test('a launch that names no engine says that it does without Docker, and why', async ({
  slipway,
  code,
  folder,
}) => {
  await job(slipway, await code({ 'main.py': CODE }));
  expect((await slipway.run('queue', 'create', 'mem', '-R', '{"memory": "1g"}')).status).toBe(0);
  const away = slipwayOn(slipway.dataDir, { DOCKER_HOST: `unix://${folder}/no.sock` });
  const auto = ['launch', '-j', 'queued', '-q'];
  const note = /without a container.*Docker is not available.*no\.sock.*--engine docker/;
  expect((await away.run(...auto, '--async')).stderr).toMatch(note);
  const plan = await away.json<{ engine: string; notes: string[] }>(...auto, '--dry-run');
  expect(plan.engine).toBe('process');
  expect(plan.notes).toContainEqual(expect.stringMatching(note));
  const refused = await away.run(...auto, 'mem', '--async');
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/Docker is not available now: .*no\.sock[^]*--engine docker/);
  const waits = ['mem', '--async', '--engine', 'docker', '--name', 'x'.repeat(212)];
  expect((await away.run(...auto, ...waits)).status).toBe(0);
  const { stdout } = await away.run('run', 'list');
  expect(stdout).toMatch(/ x+…x+ .* docker /);
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThan(250);
});

test('an engine that hangs is said to be waited for', async ({ slipway, code, folder }) => {
  await job(slipway, await code({ 'main.py': CODE }));
  const socket = join(folder, 'hangs.sock');
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const hung = slipwayOn(slipway.dataDir, { DOCKER_HOST: `unix://${socket}` });
  for (const command of [
    ['launch', '-j', 'queued', '-q', '--async'],
    ['run', 'list'],
  ]) {
    const { status, stderr } = await hung.run(...command);
    expect([command, status, stderr.match(/waiting for the engine/g)]).toEqual([
      ...[command, 0, ['waiting for the engine']],
    ]);
  }
  server.close();
});

test('a process of its own executes what others leave in queues', async ({ slipway, code }) => {
  await job(slipway, await code({ 'main.py': CODE }));
  const serve = slipway.start('serve');
  await expect
    .poll(async () => (await slipway.json<View>('queue', 'show')).executor.kind)
    .toBe('serve');
  const left = await slipway.run(...launch, '--async', '--name', 'left');
  expect(left.stderr).toContain('queues are executed by `slipway serve`');
  const followed = await slipway.run(...launch, '--name', 'followed', '--env', 'TAG=followed');
  expect(followed).toMatchObject({ status: 0, stdout: 'this is followed\n' });
  expect(await slipway.json('run', 'show', 'left')).toMatchObject({
    run: { state: 'finished' },
    waits: null,
  });
  serve.child.kill('SIGINT');
  await serve.ended;
});
