import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DEFAULT_QUEUE } from '../../shared/domain/queue.ts';
import { EMPTY_SPEC } from '../../shared/domain/launch-spec.ts';
import { testFolder } from '../db/testing.ts';
import { until } from '../runs/testing/wait.ts';
import { openTestCore } from './testing/open-test-core.ts';

interface Executor {
  id: string;
  process: ChildProcess;
}

/** A process of its own that executes queues, and what makes runs for it. */
async function place(concurrency: number) {
  const folder = testFolder();
  const dataDir = join(folder, 'data');
  const starts = join(folder, 'starts');
  const core = openTestCore(dataDir);
  onTestFinished(() => core.close());
  core.queues.update(DEFAULT_QUEUE, { concurrency });
  const code = join(folder, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'run.sh'), 'echo "$1" >> "$2"\nsleep 0.4\n');
  const { signal } = new AbortController();
  const source = { kind: 'folder' as const, folder: code };
  const request = { source, name: 'job', project: 'default', entryPoint: 'sh run.sh' };
  const { job } = await core.maker.make(request, { signal });
  let count = 0;

  /** A run whose program notes its number. */
  const enqueue = async (): Promise<string> => {
    const spec = { ...EMPTY_SPEC, args: [String(++count), starts] };
    const launch = { jobId: job.id, engine: 'process' as const, spec, queue: {} };
    return (await core.runs.launch(launch, { signal })).run.id;
  };
  const execute = async (): Promise<Executor> => {
    const script = new URL('./testing/executor-process.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { id: line.toString().trim(), process: child };
  };
  return {
    core,
    enqueue,
    execute,
    holder: () => core.repos.lease.holder()?.holder,
    states: (ids: string[]) => ids.map((id) => core.runs.get(id).state),
    started: () =>
      (existsSync(starts) ? readFileSync(starts, 'utf8').split('\n') : []).filter(Boolean),
  };
}

const all = <T>(ids: readonly unknown[], value: T): T[] => ids.map(() => value);

it('is followed by another one when it is killed; every run is started once', async () => {
  const { core, enqueue, execute, holder, states, started } = await place(2);
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) ids.push(await enqueue());
  const first = await execute();
  await until(() => holder() === first.id);
  const second = await execute();
  await until(() => started().length >= 3);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');

  await until(() => holder() === second.id);
  expect(core.executor()).toEqual({ kind: 'serve', pid: second.process.pid, here: false });
  await until(() => core.activity.notEnded().length === 0);
  expect(states(ids)).toEqual(all(ids, 'finished'));
  expect(started().toSorted()).toEqual(['1', '2', '3', '4', '5', '6']);
});

it('is followed by another one when it hangs, and starts nothing when it goes on', async () => {
  const { core, enqueue, execute, holder, states, started } = await place(2);
  const hangs = await execute();
  await until(() => holder() === hangs.id);
  const ids = [await enqueue()];
  await until(() => core.activity.notEnded().length === 0);
  hangs.process.kill('SIGSTOP');
  for (let i = 0; i < 4; i++) ids.push(await enqueue());

  const second = await execute();
  await until(() => started().length === 3);
  expect(holder()).toBe(second.id);
  hangs.process.kill('SIGCONT');
  for (let i = 0; i < 4; i++) ids.push(await enqueue());
  await until(() => core.activity.notEnded().length === 0);

  expect(states(ids)).toEqual(all(ids, 'finished'));
  expect(started().toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
  const executors = ids.map((id) => core.repos.runs.executorOf(id));
  expect(executors).toEqual([hangs.id, ...all(ids.slice(1), second.id)]);
  expect(holder()).toBe(second.id);
});
