import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../../shared/domain/launch-spec.ts';
import type { PreparedEnvironment } from '../engine.ts';
import { docker } from './testing/docker-cli.ts';
import { MemorySink } from './testing/memory-sink.ts';
import { never, noHooks, Workbench } from './testing/workbench.ts';

const bench = new Workbench();
const { engine } = bench;
let environment: PreparedEnvironment;
let place: string;

beforeAll(async () => {
  ({ environment } = await bench.build({ 'empty.txt': '' }));
  place = await mkdtemp(join(tmpdir(), 'run-settings-'));
});

afterAll(async () => {
  await bench.dispose();
  await rm(place, { recursive: true, force: true });
});

const settings = (run: Partial<RunSettings>): RunSettings => ({ ...DEFAULT_RUN_SETTINGS, ...run });

const runPython = (code: string, run: Partial<RunSettings>) =>
  bench.run(environment, ['python', '-c', code], { run: settings(run) });

const MIB = 2 ** 20;

describe('the settings of a run', () => {
  it('limit what the program has', async () => {
    const code = `
import os, shutil, threading
def first(*paths):
    for path in paths:
        if os.path.exists(path): return open(path).read().strip()
print(first('/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'))
print(first('/sys/fs/cgroup/pids.max', '/sys/fs/cgroup/pids/pids.max'))
print(shutil.disk_usage('/dev/shm').total)
print(sorted(os.listdir('/sys/class/net')))
print(os.getuid(), os.getgid())
`;
    const asked = {
      ...{ cpus: 0.5, memoryBytes: 256 * MIB, shmBytes: 32 * MIB, pids: 50 },
      ...{ network: false, user: '1234:5678', labels: { team: 'a b' } },
    };
    const { out, ref } = await runPython(code, asked);
    expect(out.split('\n')).toEqual([
      ...[String(256 * MIB), '50', String(32 * MIB), "['lo']", '1234 5678', ''],
    ]);
    const host = JSON.parse(await docker(['inspect', '-f', '{{json .HostConfig}}', ref])) as object;
    expect(host).toMatchObject({
      NanoCpus: 500_000_000,
      MemorySwap: 256 * MIB,
      NetworkMode: 'none',
      IpcMode: 'private',
    });
    expect(await docker(['inspect', '-f', '{{.Config.Labels.team}}', ref])).toBe('a b');
  });

  it('give it 1,024 processes and a network when nothing is said', async () => {
    const { out } = await runPython("import os; print('eth0' in os.listdir('/sys/class/net'))", {});
    expect(out).toBe('True\n');
  });

  it('end a program that needs more memory, and tell at which limit', async () => {
    const { fact } = await runPython('x = bytearray(200_000_000); print(len(x))', {
      memoryBytes: 50 * MIB,
    });
    expect(fact).toMatchObject({ outOfMemory: true, memoryLimit: 50 * MIB, exitCode: 137 });
  });

  it('mount a folder to read, and one to write', async () => {
    const [input, output] = [join(place, 'in put'), join(place, 'out')];
    await mkdir(input);
    await mkdir(output, { mode: 0o777 });
    await writeFile(join(input, 'a'), 'data');
    const code = `
print(open('/in/a').read())
open('/out/b', 'w').write('made')
try: open('/in/c', 'w')
except OSError as error: print(error.strerror)
`;
    const { out, err } = await bench.run(environment, ['python', '-c', code], {
      run: settings({
        user: '0',
        mounts: [
          { source: input, target: '/in', readOnly: true },
          { source: output, target: '/out', readOnly: false },
        ],
      }),
    });
    expect(err).toBe('');
    expect(out).toBe('data\nRead-only file system\n');
    expect(await readFile(join(output, 'b'), 'utf8')).toBe('made');
  });

  it('never make what is to be mounted', async () => {
    const source = join(place, 'missing');
    const run = settings({ mounts: [{ source, target: '/in', readOnly: true }] });
    expect(await engine.checkRun(run, never)).toMatchObject([
      { code: 'E_MOUNT', path: 'settings.mounts[0].source' },
    ]);
    const created = engine.create({ ...bench.request(environment.id, '', ['true']), run }, never);
    await expect(created).rejects.toMatchObject({ code: 'E_MOUNT' });
    await expect(stat(source)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuse a mount over what Slipway needs, also when nobody checked', async () => {
    const run = settings({ mounts: [{ source: place, target: '/var/run', readOnly: true }] });
    const created = engine.create({ ...bench.request(environment.id, '', ['true']), run }, never);
    await expect(created).rejects.toMatchObject({ code: 'E_MOUNT' });
  });

  it('say what the machine does not have', async () => {
    const run = settings({
      gpus: 1,
      memoryBytes: 2 ** 50,
      cpus: 4096,
      labels: { 'dev.slipway.x': '' },
    });
    const problems = await engine.checkRun(run, never);
    expect(problems.map(({ path }) => path)).toEqual([
      ...[
        'settings.cpus',
        'settings.memoryBytes',
        'settings.gpus',
        'settings.labels.dev.slipway.x',
      ],
    ]);
    expect(await engine.checkRun(settings({ cpus: 1, memoryBytes: 100 * MIB }), never)).toEqual([]);
  });

  it.each<[Partial<RunSettings>, string, string]>([
    [{ gpus: 1 }, 'E_RESOURCES', 'does not give them'],
    [{ user: 'nobody-by-this-name' }, 'E_START', 'no user "nobody-by-this-name"'],
  ])('that turn out wrong at the start are told: %j', async (run, code, words) => {
    const request = { ...bench.request(environment.id, '', ['true']), run: settings(run) };
    const ref = await engine.create(request, never);
    await expect(engine.follow(ref, new MemorySink(), noHooks, never)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
  });
});
