import { watch } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Clock } from '../../clock.ts';
import { cancelled } from '../../../shared/errors.ts';
import { Masker } from '../../logs/mask.ts';
import { checkCancelled, delay } from '../../scope.ts';
import type { LogSink, SealResult } from '../engine.ts';
import type { Attempt } from './attempt-store.ts';
import { ALIGN, maskedReader, plainReader, type StreamReader } from './stream-reader.ts';

const CHUNK = 256 * 1024;
/** Wait between looks: short after output, longer while nothing comes. The watch cuts it short. */
const SHORT_WAIT_MS = 30;
/** Between looks while output pours in, so that a look finds more than one line. */
const BUSY_WAIT_MS = 5;
const LONG_WAIT_MS = 200;

const STREAMS = [
  { number: 1, name: 'stdout' },
  { number: 2, name: 'stderr' },
] as const;

interface OpenStream {
  number: 1 | 2;
  name: 'stdout' | 'stderr';
  file: FileHandle;
  reader: StreamReader;
}

/**
 * The two files a program writes, read into a sink. Where to go on is asked of the sink each time:
 * what is stored is the only truth, so that nothing is lost or doubled.
 */
export class Output {
  readonly #streams: readonly OpenStream[];
  readonly #sink: LogSink;
  readonly #clock: Clock;

  private constructor(streams: readonly OpenStream[], sink: LogSink, clock: Clock) {
    this.#streams = streams;
    this.#sink = sink;
    this.#clock = clock;
  }

  static async open(attempt: Attempt, sink: LogSink, clock: Clock): Promise<Output> {
    const buffer = Buffer.allocUnsafe(CHUNK);
    const maskers = Masker.pair(sink.masks);
    const openStream = async ({ number, name }: (typeof STREAMS)[number]): Promise<OpenStream> => {
      const file = await open(attempt[name], 'r');
      const reader = maskers
        ? maskedReader(file, buffer, maskers[number])
        : plainReader(file, buffer);
      return { number, name, file, reader };
    };
    return new Output([await openStream(STREAMS[0]), await openStream(STREAMS[1])], sink, clock);
  }

  async close(): Promise<void> {
    await Promise.all(this.#streams.map(({ file }) => file.close()));
  }

  /**
   * Hands over what is there now, in turns, until both files are at their end. Returns the bytes.
   * `last`: the program has ended, so that nothing is held back for what may come.
   */
  async drain(signal: AbortSignal, last = false): Promise<number> {
    let total = 0;
    for (let round = -1; round !== 0; total += round) {
      round = 0;
      for (const stream of this.#streams) round += await this.#step(stream, last, signal);
    }
    return total;
  }

  async #step(stream: OpenStream, last: boolean, signal: AbortSignal): Promise<number> {
    checkCancelled(signal, 'Following the run');
    const { read, fresh } = await stream.reader.next(this.#stored(stream), last);
    if (fresh.length > 0) await this.#sink.append(stream.number, fresh, this.#clock.now());
    return read;
  }

  /** Whether the stored bytes reach the ends of the files, which were drained, and end with the same bytes. */
  async compare(): Promise<SealResult> {
    for (const stream of this.#streams) {
      const { size } = await stream.file.stat();
      const stored = this.#stored(stream);
      if (size !== stored) {
        return whole(`${stream.name} has ${size} bytes, but ${stored} were read from it`);
      }
      const written = await stream.reader.end();
      const kept = await this.#sink.lastBytes(stream.number, Math.min(ALIGN, size));
      if (!kept.equals(written)) return whole(`${stream.name} was changed after it was read`);
    }
    return { whole: true };
  }

  #stored({ name }: OpenStream): number {
    return this.#sink.position()[name];
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
