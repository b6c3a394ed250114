import type { LogSink } from '../engine.ts';
import { StreamAligner, storedStream } from './aligner.ts';
import type { DockerClient } from './client.ts';
import type { FramePiece } from './demux.ts';
import { LineEnds } from './line-ends.ts';
import { pump } from './pump.ts';
import { type TimedPiece, TimestampStripper } from './timestamps.ts';

export interface ReplayResult {
  stdout: StreamAligner;
  stderr: StreamAligner;
  /** The engine's own words when it could not read its log to the end. */
  engineError: string | null;
}

export interface ReplayOptions {
  /** Goes on until the container ends, instead of until the end of what is logged now. */
  follow: boolean;
  /** Whether bytes are added although the engine's copy differs from what is stored. */
  addWhenDifferent: boolean;
  mayGoOn: () => Promise<boolean>;
}

const LINE_FEED = Buffer.from('\n');

/**
 * Reads the engine's log from its beginning and appends what is not stored yet, per stream. From the
 * beginning, because the engine's times do not rise strictly: resuming by time loses lines.
 */
export async function replay(
  client: DockerClient,
  ref: string,
  sink: LogSink,
  options: ReplayOptions,
  signal: AbortSignal,
): Promise<ReplayResult> {
  const container = await client.inspectContainer(ref, signal);
  const mend = container?.HostConfig.LogConfig?.Type === 'local';
  const stdout = new ReplayedStream(new StreamAligner(await storedStream(sink, 1)), mend);
  const stderr = new ReplayedStream(new StreamAligner(await storedStream(sink, 2)), mend);
  const stripper = new TimestampStripper();
  let engineError: string | null = null;
  const append = (stream: 1 | 2, fresh: Buffer | null, at: number): Promise<void> | void => {
    const { aligner } = stream === 1 ? stdout : stderr;
    if (!fresh || (aligner.same === false && !options.addWhenDifferent)) return;
    return sink.append(stream, fresh, at);
  };
  const onPiece = (framed: FramePiece): Promise<void> | void => {
    // Such a frame carries no time.
    if (framed.stream === 3) {
      engineError = `${engineError ?? ''}${framed.bytes.toString('utf8')}`.slice(0, 2048);
      return;
    }
    const piece = stripper.strip(framed);
    if (!piece || piece.stream === 0 || piece.stream === 3) return;
    const fresh = (piece.stream === 1 ? stdout : stderr).take(piece);
    return append(piece.stream, fresh, piece.at);
  };
  const query = { follow: options.follow, timestamps: true, tail: null };
  const stream = await client.logs(ref, query, signal);
  await pump(stream, { onPiece, mayGoOn: options.mayGoOn, signal });
  await append(1, stdout.end(), stdout.at);
  await append(2, stderr.end(), stderr.at);
  return { stdout: stdout.aligner, stderr: stderr.aligner, engineError };
}

/** One stream of the engine's copy, with the line ends put back that the engine left out. */
class ReplayedStream {
  readonly aligner: StreamAligner;
  /** The engine's time of the newest piece, ms since 1970. */
  at = 0;
  readonly #ends: LineEnds | null;

  constructor(aligner: StreamAligner, mend: boolean) {
    this.aligner = aligner;
    this.#ends = mend ? new LineEnds() : null;
  }

  /** The part of the piece that is not stored. */
  take(piece: TimedPiece): Buffer | null {
    this.at = piece.at;
    const missing = this.#ends?.missingBefore(piece.bytes, piece.start) ?? false;
    return this.aligner.take(missing ? Buffer.concat([LINE_FEED, piece.bytes]) : piece.bytes);
  }

  /**
   * The line end behind a long last line. The engine does not tell whether there was one: what is
   * stored does when it came from the program itself, and a program mostly ends its last line.
   */
  end(): Buffer | null {
    if (!this.#ends?.missing || this.aligner.seen === this.aligner.stored) return null;
    return this.aligner.take(LINE_FEED);
  }
}
