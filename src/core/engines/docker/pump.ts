import type { Readable } from 'node:stream';
import { cancelled } from '../../../shared/errors.ts';
import { Demuxer, FrameError, type FramePiece } from './demux.ts';
import { cutOff } from './engine-errors.ts';

/** How long a stream may be silent before the engine is asked whether it is still there. */
const IDLE_MS = 5000;

export interface PumpOptions {
  /** Takes the pieces in order. The stream is not read while its promise is pending. */
  onPiece: (piece: FramePiece) => Promise<void> | void;
  /** Asked when the stream has been silent for long. Whether more may come; throws when the engine is gone. */
  mayGoOn: () => Promise<boolean>;
  signal: AbortSignal;
  idleMs?: number;
}

/**
 * Reads frames until the stream ends. Resolves at its end, whatever the reason; rejects with
 * `E_CANCELLED`, with `E_ENGINE_LOST` when the connection broke or its bytes are no frames, and with what
 * else `onPiece` threw.
 */
export async function pump(stream: Readable, options: PumpOptions): Promise<void> {
  const demuxer = new Demuxer();
  const watchdog = new Watchdog(stream, options);
  try {
    for await (const chunk of read(stream, watchdog, options.signal)) {
      watchdog.rest();
      for (const piece of asCut(() => demuxer.push(chunk))) {
        const taken = asCut(() => options.onPiece(piece));
        if (taken) await taken;
      }
      watchdog.watch();
    }
  } finally {
    watchdog.rest();
    stream.destroy();
  }
  if (!demuxer.atBorder && !watchdog.ended) throw cutOff('Reading the output');
}

/** Bytes that are not in the engine's framing came over a connection that is of no use any more. */
function asCut<T>(take: () => T): T {
  try {
    return take();
  } catch (error) {
    throw error instanceof FrameError ? cutOff('Reading the output', error) : error;
  }
}

/** The chunks, with a broken connection told apart from whatever the consumer throws. */
async function* read(
  stream: Readable,
  watchdog: Watchdog,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk;
  } catch (cause) {
    if (signal.aborted) throw cancelled('Following the run');
    if (watchdog.failure) throw watchdog.failure;
    if (!watchdog.ended) throw cutOff('Reading the output', cause);
  }
  if (signal.aborted) throw cancelled('Following the run');
}

/** Ends a stream that is silent because the other side is gone without saying so. */
class Watchdog {
  failure: Error | null = null;
  /** True when it ended the stream because nothing more can come. */
  ended = false;
  readonly #stream: Readable;
  readonly #options: PumpOptions;
  #timer: NodeJS.Timeout | undefined;
  #watching = false;

  constructor(stream: Readable, options: PumpOptions) {
    this.#stream = stream;
    this.#options = options;
    this.watch();
  }

  watch(): void {
    this.#watching = true;
    this.#timer ??= setTimeout(() => void this.#look(), this.#options.idleMs ?? IDLE_MS);
  }

  rest(): void {
    this.#watching = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    const timer = this.#timer;
    try {
      const more = await this.#options.mayGoOn();
      if (!this.#watching || this.#timer !== timer) return;
      this.#timer = undefined;
      if (more) return this.watch();
      this.ended = true;
    } catch (error) {
      if (!this.#watching || this.#timer !== timer) return;
      this.failure = error as Error;
    }
    this.#stream.destroy();
  }
}
