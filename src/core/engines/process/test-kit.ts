import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DEFAULT_RUN_SETTINGS } from '../../../shared/domain/launch-spec.ts';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import { systemClock } from '../../clock.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import type { CreateRequest, Engine, FollowHooks, LogSink, StepSink } from '../engine.ts';
import { createProcessEngine } from './create-process-engine.ts';
import { removeTree } from './remove-tree.ts';

export const resources = join(import.meta.dirname, '../../../../resources');

/** Trees are the files themselves: path to text. Every file is executable. */
function writerOf(files: Record<string, string>): Pick<Snapshots, 'writeTo'> {
  return {
    async writeTo(_digest, folder) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text, { mode: 0o755 });
      }
      return Object.keys(files).length;
    },
  };
}

export const engineOn = (folder: string, files: Record<string, string> = {}): Engine =>
  createProcessEngine({
    snapshots: writerOf(files),
    folder,
    resources,
    instanceId: 'test',
    clock: systemClock,
  });

export const requestFor = (attemptId: string, argv: string[], env = {}): CreateRequest => ({
  attemptId,
  runId: `run-${attemptId}`,
  environmentId: '',
  layout: 'slipway',
  code: { tree: 'tree', context: '' },
  argv,
  env,
  files: [],
  secrets: [],
  run: DEFAULT_RUN_SETTINGS,
  live: null,
  settings: DEFAULT_SETTINGS,
});

export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'process-engine-'));
  return { folder, remove: () => removeTree(folder) };
}

/** Keeps everything in memory, so that a test can compare bytes. */
export class MemorySink implements LogSink {
  readonly #bytes: Record<1 | 2, Buffer> = { 1: Buffer.alloc(0), 2: Buffer.alloc(0) };
  readonly masks: readonly Buffer[];
  onAppend: (total: number) => Promise<void> | void = () => undefined;

  constructor(masks: readonly Buffer[] = []) {
    this.masks = masks;
  }

  position() {
    return { stdout: this.#bytes[1].length, stderr: this.#bytes[2].length };
  }

  append(stream: 1 | 2, bytes: Buffer): Promise<void> | void {
    this.#bytes[stream] = Buffer.concat([this.#bytes[stream], bytes]);
    return this.onAppend(this.#bytes[1].length + this.#bytes[2].length);
  }

  lastBytes(stream: 1 | 2, count: number): Promise<Buffer> {
    const all = this.#bytes[stream];
    return Promise.resolve(all.subarray(all.length - Math.min(count, all.length)));
  }

  async *readStream(stream: 1 | 2, from: number, to: number): AsyncIterable<Buffer> {
    yield this.#bytes[stream].subarray(from, to);
  }

  get stdout(): Buffer {
    return this.#bytes[1];
  }

  get stderr(): Buffer {
    return this.#bytes[2];
  }
}

/** Keeps what a build reports. */
export class Recorder implements StepSink {
  readonly events: string[] = [];
  text = '';
  begin(index: number, name: string): void {
    this.events.push(`${index} ${name}`);
  }
  output(_index: number, bytes: Buffer): void {
    this.text += bytes.toString('utf8');
  }
  end(index: number, state: string): void {
    this.events.push(`${index} ${state}`);
  }
}

export const noHooks: FollowHooks = {
  beforeStart: () => undefined,
  started: () => undefined,
  paused: () => undefined,
  note: () => undefined,
};

/** A signal that never fires. */
export const never = new AbortController().signal;

/** Waits for a condition that some other process brings about. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('waited 20 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
