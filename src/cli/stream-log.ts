import { STDERR } from '../shared/contract/log-stream.ts';
import { isTerminal } from '../shared/domain/run.ts';
import type { Core } from '../core/create-core.ts';

/** Writes the bytes as they are and waits while the reader is slow. */
function write(stream: NodeJS.WriteStream, bytes: Buffer): Promise<void> | void {
  if (stream.write(bytes)) return;
  return new Promise((resolve) => stream.once('drain', resolve));
}

/**
 * Copies a run's log to this process's stdout and stderr, byte for byte: until the run has ended and
 * all of it is out, or until `ended` says so. `only` sends both streams one way, `stream` leaves the
 * other one out.
 */
export async function streamLog(
  core: Core,
  runId: string,
  signal: AbortSignal,
  options: { only?: NodeJS.WriteStream; ended?: () => boolean; stream?: number | undefined } = {},
): Promise<void> {
  const ended = options.ended ?? (() => isTerminal(core.runs.get(runId).state));
  for await (const chunk of core.logs.tail(runId, 0, ended, signal)) {
    if (options.stream !== undefined && chunk.stream !== options.stream) continue;
    const stream = chunk.stream === STDERR ? process.stderr : process.stdout;
    await write(options.only ?? stream, chunk.bytes);
  }
}
