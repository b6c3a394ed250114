import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import { docker } from './docker.ts';

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A command under way: what it printed so far, a way to signal it, and its end. */
export interface Running {
  child: ChildProcess;
  /** Resolves when stdout or stderr holds the text. */
  printed(text: string): Promise<void>;
  ended: Promise<Outcome>;
}

export interface Slipway {
  dataDir: string;
  /** Runs a command to its end. */
  run(...args: string[]): Promise<Outcome>;
  /** Runs a command with `--json` and gives the document. */
  json<T = Record<string, unknown>>(...args: string[]): Promise<T>;
  start(...args: string[]): Running;
  /** Runs a command with a text on its standard input. */
  runWith(input: string, ...args: string[]): Promise<Outcome>;
}

interface Place {
  dataDir: string;
  env: NodeJS.ProcessEnv;
  cwd: string | undefined;
}

function start({ dataDir, env, cwd }: Place, args: string[], input = ''): Running {
  const child = spawn(process.execPath, [CLI, '--data-dir', dataDir, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that is not asked for anything may end before it reads.
  child.stdin.on('error', () => undefined).end(input);
  const texts = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Outcome>((resolve) =>
    child.on('close', (status) => resolve({ status, ...texts })),
  );
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!texts.stdout.includes(text) && !texts.stderr.includes(text)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`never printed "${text}": ${JSON.stringify(texts)}`)));
    });
  return { child, printed, ended };
}

/** The command line on a data folder, with more in its environment, started in the folder `cwd`. */
export function slipwayOn(dataDir: string, env: NodeJS.ProcessEnv = {}, cwd?: string): Slipway {
  const place = { dataDir, env, cwd };
  const run = (...args: string[]) => start(place, args).ended;
  return {
    dataDir,
    run,
    start: (...args) => start(place, args),
    runWith: (input, ...args) => start(place, args, input).ended,
    json: async <T>(...args: string[]) => JSON.parse((await run(...args, '--json')).stdout) as T,
  };
}

interface Fixtures {
  /** A temporary folder of the test. */
  folder: string;
  /** The command line on a data folder of the test's own, with the base image that is there. */
  slipway: Slipway;
  /** Makes a folder of code from texts. */
  code(files: Record<string, string>): Promise<string>;
}

export const test = base.extend<Fixtures>({
  // Playwright wants a pattern here, also when nothing is taken from it.
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  slipway: async ({ folder }, use) => {
    const slipway = slipwayOn(join(folder, 'data'));
    await slipway.run('settings', 'set', 'base-image', process.env['SLIPWAY_TEST_BASE_IMAGE']!);
    await use(slipway);
    await docker.removeLeftOvers(slipway);
  },
  code: async ({ folder }, use) => {
    let count = 0;
    await use(async (files) => {
      const root = join(folder, `code-${count++}`);
      await mkdir(root);
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text);
      }
      return root;
    });
  },
});

export { expect } from '@playwright/test';
