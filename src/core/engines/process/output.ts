import { watch } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Clock } from '../../clock.ts';
import { cancelled } from '../../../shared/errors.ts';
import { checkCancelled, delay } from '../../scope.ts';
import type { LogSink, SealResult } from '../engine.ts';
import type { Attempt } from './attempt-store.ts';

const CHUNK = 256 * 1024;
const ALIGN = 64 * 1024;
/** Wait between looks: short after output, longer while nothing comes. The watch cuts it short. */
const SHORT_WAIT_MS = 30;
/** Between looks while output pours in, so that a look finds more than one line. */
const BUSY_WAIT_MS = 5;
const LONG_WAIT_MS = 200;

const STREAMS = [
  { number: 1, name: 'stdout' },
  { number: 2, name: 'stderr' },
] as const;

/**
 * The two files a program writes, read into a sink. Where to read on is asked of the sink each
 * time: what is stored is the only truth, so that nothing is lost or doubled.
 */
export class Output {
  readonly #files: readonly FileHandle[];
  readonly #sink: LogSink;
  readonly #clock: Clock;
  readonly #buffer = Buffer.allocUnsafe(CHUNK);

  private constructor(files: readonly FileHandle[], sink: LogSink, clock: Clock) {
    this.#files = files;
    this.#sink = sink;
    this.#clock = clock;
  }

  static async open(attempt: Attempt, sink: LogSink, clock: Clock): Promise<Output> {
    const stdout = await open(attempt.stdout, 'r');
    const stderr = await open(attempt.stderr, 'r');
    return new Output([stdout, stderr], sink, clock);
  }

  async close(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.close()));
  }

  /** Hands over what is there now, in turns, until both files are at their end. Returns the bytes. */
  async drain(signal: AbortSignal): Promise<number> {
    let total = 0;
    for (let round = -1; round !== 0; total += round) {
      round = 0;
      for (const index of STREAMS.keys()) round += await this.#step(index, signal);
    }
    return total;
  }

  async #step(index: number, signal: AbortSignal): Promise<number> {
    checkCancelled(signal, 'Following the run');
    const { file, stream } = this.#at(index);
    const from = this.#sink.position()[stream.name];
    const { bytesRead } = await file.read(this.#buffer, 0, CHUNK, from);
    if (bytesRead > 0) {
      const bytes = this.#buffer.subarray(0, bytesRead);
      await this.#sink.append(stream.number, bytes, this.#clock.now());
    }
    return bytesRead;
  }

  /** Whether the stored bytes reach the ends of the files, and end with the same bytes. */
  async compare(): Promise<SealResult> {
    for (const index of STREAMS.keys()) {
      const { file, stream } = this.#at(index);
      const { size } = await file.stat();
      const stored = this.#sink.position()[stream.name];
      if (size !== stored) {
        return whole(`${stream.name} has ${size} bytes, but ${stored} were read from it`);
      }
      const kept = await this.#sink.lastBytes(stream.number, Math.min(ALIGN, size));
      const written = Buffer.alloc(kept.length);
      await file.read(written, 0, written.length, size - written.length);
      if (!kept.equals(written)) return whole(`${stream.name} was changed after it was read`);
    }
    return { whole: true };
  }

  #at(index: number): { file: FileHandle; stream: (typeof STREAMS)[number] } {
    const file = this.#files[index];
    const stream = STREAMS[index];
    if (!file || !stream) throw new RangeError(`no stream ${index}`);
    return { file, stream };
  }
}

const whole = (reason: string): SealResult => ({ whole: false, reason });

/** Hands output over as it comes, until `live` says no more will come; what came last is left for a drain. */
export async function tail(
  output: Output,
  folder: string,
  live: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const alarm = new Alarm(folder);
  try {
    let wait = SHORT_WAIT_MS;
    while (await live()) {
      wait = (await output.drain(signal)) > 0 ? SHORT_WAIT_MS : Math.min(wait * 2, LONG_WAIT_MS);
      await alarm.wait(wait, signal);
    }
  } finally {
    alarm.close();
  }
}

/** Waits that end early when something in the folder changes. The watch is a hint: it may be missing. */
class Alarm {
  #ring: () => void = () => undefined;
  #rung = false;
  readonly #close: () => void;

  constructor(folder: string) {
    this.#close = this.#watch(folder);
  }

  #watch(folder: string): () => void {
    try {
      const watcher = watch(folder, { persistent: false }, () => {
        this.#rung = true;
        this.#ring();
      });
      // Such as: no more watches to be had. The poll goes on.
      watcher.on('error', () => watcher.close());
      return () => watcher.close();
    } catch {
      return () => undefined;
    }
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw cancelled('Following the run');
    await (this.#rung ? delay(BUSY_WAIT_MS, signal) : this.#sleep(ms, signal));
    this.#rung = false;
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#ring = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  close(): void {
    this.#close();
  }
}
