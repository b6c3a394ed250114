import { spawn } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import type { EnvironmentPlan } from '../../../shared/domain/job.ts';
import type { Engine, PrepareRequest } from '../engine.ts';
import { treeCode } from '../testing/tree-code.ts';
import { wheel } from './test-wheel.ts';
import {
  engineOn,
  isRunning,
  MemorySink,
  never,
  noHooks,
  Recorder,
  requestFor,
  temporaryFolder,
  until,
} from './test-kit.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let engine: Engine;
let server: Server;
let packageIndex: string;
/** Asked for this package, the index holds its answer back until the test's end. */
const STUCK = 'stuck-package';

/** A package index with one package, `greeting` 1.0. */
function serve(): Promise<Server> {
  const file = 'greeting-1.0-py3-none-any.whl';
  const made = createServer((request, response) => {
    if (request.url?.includes(STUCK)) return;
    response.setHeader('content-type', 'text/html');
    if (request.url === '/greeting/') response.end(`<a href="/${file}">${file}</a>`);
    else if (request.url === `/${file}`)
      response.end(wheel('greeting', '1.0', 'WORDS = "hello"\n'));
    else response.writeHead(404).end();
  });
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve(made)));
}

const plan = (requirements: string, index = packageIndex): PrepareRequest => ({
  runId: 'run',
  code: treeCode('tree', { requirements }),
  rewrite: false,
  settings: { ...DEFAULT_SETTINGS, packageIndex: index },
});

const environments = (): Promise<string[]> => readdir(join(place.folder, 'environments'));
const folders = async (): Promise<string[]> =>
  (await environments()).filter((name) => !name.includes('.'));

beforeEach(async () => {
  place = await temporaryFolder();
  engine = engineOn(place.folder);
  server = await serve();
  packageIndex = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(async () => {
  for (const fact of await engine.list(never)) await engine.remove(fact.ref, never);
  server.closeAllConnections();
  server.close();
  await place.remove();
});

async function output(environmentId: string, argv: string[]): Promise<string> {
  const sink = new MemorySink();
  const request = { ...requestFor(`a${Math.random()}`.replace('.', ''), argv), environmentId };
  const ref = await engine.create(request, never);
  await engine.follow(ref, sink, noHooks, never);
  expect(sink.stderr.toString()).toBe('');
  return sink.stdout.toString();
}

describe('the virtual environment', () => {
  it('is made without requirements, used by the program, and reused', async () => {
    const steps = new Recorder();
    const made = await engine.prepare(plan('# none\n'), steps, never);
    expect(made).toMatchObject({ reused: false, because: 'first use of Python', name: made.id });
    expect(steps.events).toEqual([
      expect.stringMatching(/^0 Create the virtual environment \(Python 3\.\d+\.\d+\)$/),
      '0 done',
    ]);
    const script = 'import sys, os; print(sys.prefix, os.environ["VIRTUAL_ENV"])';
    expect(await output(made.id, ['python', '-c', script])).toBe(`${made.id} ${made.id}\n`);

    const again = new Recorder();
    const reused = await engineOn(place.folder).prepare(plan(''), again, never);
    expect(reused).toMatchObject({ id: made.id, reused: true, because: 'unchanged' });
    expect(again.events).toEqual([]);
  });

  it('has the requirements of the package index of the settings', async () => {
    const steps = new Recorder();
    const made = await engine.prepare(plan('# words\r\ngreeting == 1.0\r\n'), steps, never);
    expect(made).toMatchObject({ reused: false, because: 'first use of these requirements' });
    expect(steps.events.slice(1)).toEqual(['0 done', '1 Install requirements', '1 done']);
    expect(steps.text).toContain('Successfully installed greeting-1.0');
    const script = 'import greeting; print(greeting.WORDS)';
    expect(await output(made.id, ['python3', '-c', script])).toBe('hello\n');

    const moved = packageIndex.replace('127.0.0.1', 'localhost');
    const other = await engine.prepare(plan('# words\r\ngreeting == 1.0\r\n', moved), steps, never);
    expect(other).toMatchObject({ reused: false, because: 'the package index changed' });
  });

  it('names the line that could not be installed and leaves nothing', async () => {
    const steps = new Recorder();
    const request = plan('greeting\n\nno-such-package-at-all==9.9  # really\n');
    await expect(engine.prepare(request, steps, never)).rejects.toMatchObject({
      code: 'E_BUILD',
      message:
        'Line 3 of the requirements could not be installed: no-such-package-at-all==9.9  # really',
      next: expect.stringContaining('package index') as string,
      detail: expect.stringContaining('No matching distribution') as string,
    });
    expect(steps.events.at(-1)).toBe('1 failed');
    expect(await folders()).toEqual([]);
  });

  it('names a line that is no requirement', async () => {
    const request = plan('greeting\n<<<<<<< HEAD\n');
    await expect(engine.prepare(request, new Recorder(), never)).rejects.toMatchObject({
      code: 'E_BUILD',
      message: expect.stringContaining('Line 2') as string,
    });
  });

  it('is cancelled in the middle of pip, which leaves neither process nor folder', async () => {
    const controller = new AbortController();
    const steps = new Recorder();
    const asked = new Promise<void>((resolve) => {
      server.on('request', (request) => request.url?.includes(STUCK) && resolve());
    });
    const preparing = engine.prepare(plan(`greeting\n${STUCK}\n`), steps, controller.signal);
    await asked;
    controller.abort();
    await expect(preparing).rejects.toMatchObject({ code: 'E_CANCELLED' });
    expect(steps.events.at(-1)).toBe('1 cancelled');
    expect(await folders()).toEqual([]);
    expect(await pipProcesses()).toEqual([]);
  });

  it('is made once when two want it at the same time; the second says that it waits', async () => {
    const recorders = [new Recorder(), new Recorder()];
    const engines = [engine, engineOn(place.folder)];
    const results = await Promise.all(
      engines.map((each, index) =>
        each.prepare(plan('greeting'), recorders[index] ?? new Recorder(), never),
      ),
    );
    expect(results.filter(({ reused }) => reused)).toHaveLength(1);
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    const waited = recorders[results.findIndex(({ reused }) => reused)];
    expect(waited?.events).toEqual([
      '0 Wait for another run that makes the same environment',
      '0 done',
    ]);
  });

  it('of an app killed in the middle of pip is made anew, and that pip is gone', async () => {
    const asked = new Promise<void>((resolve) => {
      server.on('request', (request) => request.url?.includes(STUCK) && resolve());
    });
    const file = fileURLToPath(new URL('./test-builder.ts', import.meta.url));
    const requirements = `greeting\n${STUCK}\n`;
    const child = spawn(process.execPath, [file, place.folder, packageIndex, requirements], {
      stdio: 'inherit',
    });
    await asked;
    const [before] = await pipProcesses();
    expect(before).toBeDefined();
    child.kill('SIGKILL');
    await until(() => !isRunning(before ?? 0));
    expect(await folders()).toHaveLength(1);

    server.removeAllListeners('request');
    server.on('request', (_request, response) => response.writeHead(404).end());
    const failed = engine.prepare(plan(requirements), new Recorder(), never);
    await expect(failed).rejects.toMatchObject({ code: 'E_BUILD' });
    expect(await folders()).toEqual([]);
  });

  it('that was left half made is made anew, and that is told', async () => {
    const made = await engine.prepare(plan(''), new Recorder(), never);
    await rm(join(made.id, '.complete'));
    const again = await engine.prepare(plan(''), new Recorder(), never);
    expect(again).toMatchObject({ reused: false, because: 'the last build was not finished' });
  });

  it('whose mark a power cut left empty is made anew, and hinders no other', async () => {
    const made = await engine.prepare(plan(''), new Recorder(), never);
    await writeFile(join(made.id, '.complete'), '');
    const other = await engine.prepare(plan('greeting'), new Recorder(), never);
    expect(other).toMatchObject({ because: 'first use of these requirements' });
    const again = await engine.prepare(plan(''), new Recorder(), never);
    expect(again).toMatchObject({ reused: false, because: 'the last build was not finished' });
  });

  it('whose interpreter has gone is made anew', async () => {
    const made = await engine.prepare(plan(''), new Recorder(), never);
    await rm(join(made.id, 'bin/python'));
    const again = await engine.prepare(plan(''), new Recorder(), never);
    expect(again.reused).toBe(false);
    expect(await output(again.id, ['python', '-c', 'print(1)'])).toBe('1\n');
  });
});

describe('without Python', () => {
  const path = process.env['PATH'];
  beforeEach(async () => {
    const empty = join(place.folder, 'empty');
    await mkdir(empty);
    await writeFile(join(empty, 'python3'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    process.env['PATH'] = empty;
  });
  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('a job that requires nothing runs without an environment', async () => {
    const made = await engine.prepare(plan(''), new Recorder(), never);
    expect(made).toMatchObject({ id: '', reused: false });
    expect(await output(made.id, ['/bin/echo', 'ran'])).toBe('ran\n');
  });

  it('a job with requirements is told what to install', async () => {
    await expect(engine.prepare(plan('greeting'), new Recorder(), never)).rejects.toMatchObject({
      code: 'E_PYTHON',
      next: expect.stringContaining('python3-venv') as string,
    });
  });

  it('the status says so', async () => {
    expect(await engine.status(never)).toMatchObject({
      available: true,
      text: expect.stringContaining('No Python found') as string,
    });
  });
});

/** Processes that work in this test's environments. */
async function pipProcesses(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const mine = pids.map(async (pid) => {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const isPip = words.startsWith(join(place.folder, 'environments')) && words.includes('\0pip\0');
    return isPip ? pid : null;
  });
  return (await Promise.all(mine)).filter((pid) => pid !== null);
}

describe('the Python version', () => {
  const wanting = (python: NonNullable<EnvironmentPlan['python']>): PrepareRequest => {
    const request = plan('');
    return { ...request, code: treeCode('tree', { python }) };
  };
  const minor = async (): Promise<string> => {
    const made = await engine.prepare(plan(''), new Recorder(), never);
    const script = 'import sys; print("%d.%d" % sys.version_info[:2])';
    return (await output(made.id, ['python', '-c', script])).trim();
  };

  it('is the one that is asked for, or any of the range', async () => {
    const version = await minor();
    const exact = await engine.prepare(
      wanting({ version, evidence: 'here' }),
      new Recorder(),
      never,
    );
    expect(exact.because).toBe('unchanged');
    const range = { version: '3.99', evidence: 'here', requires: '>=3.4' };
    const any = await engine.prepare(wanting(range), new Recorder(), never);
    expect(any.id).toBe(exact.id);
  });

  it('is refused when this computer has others only', async () => {
    const request = wanting({ version: '3.99', evidence: 'runtime.txt:1 3.99' });
    await expect(engine.prepare(request, new Recorder(), never)).rejects.toMatchObject({
      code: 'E_PYTHON',
      message: expect.stringMatching(/Python 3\.99 \(runtime\.txt:1 3\.99\).*has 3\./) as string,
      next: expect.stringContaining('python3.99') as string,
    });
  });
});

it('installs pinned lines as they are, without what they need', async () => {
  const request = plan('greeting == 1.0\n');
  const locked = treeCode('tree', { requirements: 'greeting == 1.0\n', locked: true });
  const free = await engine.prepare(request, new Recorder(), never);
  const pinned = await engine.prepare({ ...request, code: locked }, new Recorder(), never);
  expect(pinned.id).not.toBe(free.id);
  const script = 'import greeting; print(greeting.WORDS)';
  expect(await output(pinned.id, ['python3', '-c', script])).toBe('hello\n');
});
