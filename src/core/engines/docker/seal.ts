import { toErrorData } from '../../../shared/errors.ts';
import { Masker } from '../../logs/mask.ts';
import type { LogSink, SealResult } from '../engine.ts';
import type { StreamAligner } from './aligner.ts';
import type { DockerClient } from './client.ts';
import { pump } from './pump.ts';
import { replay } from './replay.ts';

/** Newest log entries that are compared for a log that was captured over one connection. */
const TAIL_ENTRIES = 1000;

const WHOLE: SealResult = { whole: true };
const ended = (): Promise<boolean> => Promise.resolve(true);

interface Tail {
  entries: number;
  stdout: Buffer;
  stderr: Buffer;
}

async function readTail(client: DockerClient, ref: string, signal: AbortSignal): Promise<Tail> {
  const parts: Record<1 | 2, Buffer[]> = { 1: [], 2: [] };
  let entries = 0;
  const query = { follow: false, timestamps: false, tail: TAIL_ENTRIES };
  const stream = await client.logs(ref, query, signal);
  await pump(stream, {
    onPiece: ({ stream: from, bytes, start }) => {
      if (start) entries += 1;
      // What the engine could not read counts as an entry, so that the ends do not match.
      if (from === 1 || from === 2) parts[from].push(Buffer.from(bytes));
    },
    mayGoOn: ended,
    signal,
  });
  return { entries, stdout: Buffer.concat(parts[1]), stderr: Buffer.concat(parts[2]) };
}

/** Whether the stored end (one byte more than the engine has, if there is one) is the engine's. */
const sameEnd = (stored: Buffer, engine: Buffer, wholeLog: boolean): boolean =>
  (wholeLog ? stored : stored.subarray(Math.max(0, stored.length - engine.length))).equals(engine);

const maskAll = (masker: Masker, bytes: Buffer): Buffer =>
  Buffer.concat([masker.push(bytes), masker.end()]);

async function tailMatches(
  client: DockerClient,
  ref: string,
  sink: LogSink,
  signal: AbortSignal,
): Promise<boolean> {
  const tail = await readTail(client, ref, signal);
  const wholeLog = tail.entries < TAIL_ENTRIES;
  const maskers = Masker.pair(sink.masks);
  for (const [stream, raw] of [
    [1, tail.stdout],
    [2, tail.stderr],
  ] as const) {
    // A tail that begins within a secret does not match: then the whole log is compared.
    const engine = maskers ? maskAll(maskers[stream], raw) : raw;
    // One byte more than the engine has shows whether there is more than it has.
    const stored = await sink.lastBytes(stream, engine.length + 1);
    if (!sameEnd(stored, engine, wholeLog)) return false;
  }
  return true;
}

function verdict(name: string, aligner: StreamAligner, stored: number): SealResult {
  if (aligner.same === false) {
    return { whole: false, reason: `the engine's copy of ${name} is not what was captured` };
  }
  if (aligner.same === null) {
    return {
      whole: false,
      reason: `the engine's copy of ${name} ends after ${aligner.seen} of ${stored} captured bytes`,
    };
  }
  return WHOLE;
}

async function compareAll(
  client: DockerClient,
  ref: string,
  sink: LogSink,
  signal: AbortSignal,
): Promise<SealResult> {
  const { stdout, stderr } = sink.position();
  const options = { follow: false, addWhenDifferent: false, mayGoOn: ended };
  const result = await replay(client, ref, sink, options, signal);
  if (result.engineError) return { whole: false, reason: result.engineError.trim() };
  const first = verdict('stdout', result.stdout, stdout);
  return first.whole ? verdict('stderr', result.stderr, stderr) : first;
}

/**
 * Makes sure that every byte the engine has is stored. Cheap when the log was captured over one
 * unbroken connection and its end is the engine's; else the engine's log is read again as a whole.
 * Adds what is missing and never takes anything away.
 */
export async function seal(
  client: DockerClient,
  ref: string,
  sink: LogSink,
  unbroken: boolean,
  signal: AbortSignal,
): Promise<SealResult> {
  if (unbroken && (await tailMatches(client, ref, sink, signal))) return WHOLE;
  const result = await compareAll(client, ref, sink, signal);
  if (unbroken || !result.whole || (await sawStart(client, ref, signal))) return result;
  return { whole: true, startUnseen: true };
}

/** An engine that does not tell, or whose clock is far behind ours, is taken for one that saw it. */
async function sawStart(client: DockerClient, ref: string, signal: AbortSignal): Promise<boolean> {
  try {
    return await client.sawStart(ref, signal);
  } catch (error) {
    const { code } = toErrorData(error);
    if (code === 'E_ENGINE' || code === 'E_ENGINE_TIMEOUT') return true;
    throw error;
  }
}
