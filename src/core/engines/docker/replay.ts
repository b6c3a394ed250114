import type { LogSink } from '../engine.ts';
import { StreamAligner, storedStream } from './aligner.ts';
import type { DockerClient } from './client.ts';
import type { FramePiece } from './demux.ts';
import { pump } from './pump.ts';
import { TimestampStripper } from './timestamps.ts';

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
  const stdout = new StreamAligner(await storedStream(sink, 1));
  const stderr = new StreamAligner(await storedStream(sink, 2));
  const stripper = new TimestampStripper();
  let engineError: string | null = null;
  const onPiece = (framed: FramePiece): Promise<void> | void => {
    // Such a frame carries no time.
    if (framed.stream === 3) {
      engineError = `${engineError ?? ''}${framed.bytes.toString('utf8')}`.slice(0, 2048);
      return;
    }
    const piece = stripper.strip(framed);
    if (!piece || piece.stream === 0 || piece.stream === 3) return;
    const aligner = piece.stream === 1 ? stdout : stderr;
    const fresh = aligner.take(piece.bytes);
    if (!fresh || (aligner.same === false && !options.addWhenDifferent)) return;
    return sink.append(piece.stream, fresh, piece.at);
  };
  const query = { follow: options.follow, timestamps: true, tail: null };
  const stream = await client.logs(ref, query, signal);
  await pump(stream, { onPiece, mayGoOn: options.mayGoOn, signal });
  return { stdout, stderr, engineError };
}
