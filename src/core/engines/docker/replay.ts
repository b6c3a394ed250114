import { Masker } from '../../logs/mask.ts';
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
const NOTHING = Buffer.alloc(0);

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
  const maskers = Masker.pair(sink.masks);
  const open = async (stream: 1 | 2): Promise<ReplayedStream> =>
    new ReplayedStream(
      new StreamAligner(await storedStream(sink, stream)),
      mend,
      maskers?.[stream],
    );
  const stdout = await open(1);
  const stderr = await open(2);
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

/** One stream of the engine's copy, with the line ends put back that it left out, and masked. */
class ReplayedStream {
  readonly aligner: StreamAligner;
  /** The engine's time of the newest piece, ms since 1970. */
  at = 0;
  readonly #ends: LineEnds | null;
  readonly #masker: Masker | null;

  constructor(aligner: StreamAligner, mend: boolean, masker: Masker | undefined) {
    this.aligner = aligner;
    this.#ends = mend ? new LineEnds() : null;
    this.#masker = masker ?? null;
  }

  /** The part of the piece that is not stored. */
  take(piece: TimedPiece): Buffer | null {
    this.at = piece.at;
    const missing = this.#ends?.missingBefore(piece.bytes, piece.start) ?? false;
    const bytes = missing ? Buffer.concat([LINE_FEED, piece.bytes]) : piece.bytes;
    return this.aligner.take(this.#masker ? this.#masker.push(bytes) : bytes);
  }

  /**
   * What the masks held back, and the line end behind a long last line. The engine does not tell
   * whether there was one: what is stored does when it came from the program itself, and a program
   * mostly ends its last line.
   */
  end(): Buffer | null {
    const seen = this.aligner.seen + (this.#masker?.held ?? 0);
    const last = this.#ends?.missing && seen !== this.aligner.stored ? LINE_FEED : NOTHING;
    if (!this.#masker) return this.aligner.take(last);
    return this.aligner.take(Buffer.concat([this.#masker.push(last), this.#masker.end()]));
  }
}
