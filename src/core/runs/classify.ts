import type { EndReason, TerminalState } from '../../shared/domain/run.ts';
import { durationText, memoryText } from '../../shared/units.ts';
import type { EngineFact } from '../engines/engine.ts';

export interface Outcome {
  state: TerminalState;
  reason: EndReason;
  exitCode: number | null;
}

/** What is known of an attempt when it is over. */
export interface Evidence {
  /** Null when the container or process is not there any more. */
  fact: EngineFact | null;
  /** Whether Slipway sent it a signal because a person asked for a stop. */
  stopSent: boolean;
  /** Seconds it was allowed when Slipway ended it for running longer; null when it did not. */
  overTime?: number | null;
  /** Whether the engine was once out of reach while it ran. */
  engineGap: boolean;
}

/**
 * Exit codes that an engine also gives to what it lost: when it stops or starts again it ends its
 * containers by their stop signal (130), TERM (143) or KILL (137); after a reboot it says 255.
 */
const LOST_CODES = new Set([130, 137, 143, 255]);

/**
 * The one table that turns the engine's facts into an end. Exit codes alone do not decide: the same
 * 137 is a stop, an out-of-memory kill, a kill from outside or a lost engine.
 */
export function classify({ fact, stopSent, overTime = null, engineGap }: Evidence): Outcome {
  if (overTime !== null) return overTimeLimit(overTime, fact?.exitCode ?? null);
  if (fact === null) return stopSent ? stopped(null) : vanished();
  const code = fact.exitCode;
  if (stopSent) return stopped(code);
  if (lost(fact, engineGap)) return engineLost();
  if (fact.outOfMemory && code === 137) return outOfMemory(fact);
  if (code === 0) return outcome('finished', 'exit', `exit code 0${childNote(fact)}`, code);
  if (code === null) return vanished();
  return fact.signal || isSignal(code - 128) ? signalled(fact, code) : exited(fact, code);
}

function lost(fact: EngineFact, engineGap: boolean): boolean {
  if (fact.engineDied !== null) return fact.engineDied;
  return engineGap && !fact.outOfMemory && LOST_CODES.has(fact.exitCode ?? 255);
}

const outcome = (
  state: TerminalState,
  code: EndReason['code'],
  text: string,
  exitCode: number | null,
  next: string | null = null,
  detail: string | null = null,
): Outcome => ({ state, exitCode, reason: { code, text, next, detail } });

const stopped = (exitCode: number | null): Outcome =>
  outcome('stopped', 'stopped', 'stopped on request', exitCode);

const overTimeLimit = (seconds: number, exitCode: number | null): Outcome =>
  outcome(
    'failed',
    'time-limit',
    `stopped after its time limit of ${durationText(seconds)}`,
    exitCode,
    'Give it more time, or less to do.',
  );

const vanished = (): Outcome =>
  outcome(
    'crashed',
    'vanished',
    'it was removed outside Slipway; its exit code is not known',
    null,
    'Launch it again.',
  );

const engineLost = (): Outcome =>
  outcome(
    'crashed',
    'engine-lost',
    'its engine stopped while it ran; its exit code is not known',
    null,
    'Launch it again once the engine is up. A run with retries is tried again by itself (--retry).',
  );

function outOfMemory(fact: EngineFact): Outcome {
  const limit = fact.memoryLimit ? ` at ${memoryText(fact.memoryLimit)}` : '';
  const next = 'Give it more memory, or let it use less (a smaller batch).';
  return outcome('failed', 'out-of-memory', `killed: out of memory${limit}`, 137, next);
}

function signalled(fact: EngineFact, code: number): Outcome {
  const name = fact.signal ?? signalName(code - 128);
  const text =
    name === 'SIGKILL'
      ? 'killed from outside Slipway (SIGKILL, not out of memory)'
      : `ended by signal ${name ?? code - 128} (exit code ${code})`;
  return outcome('failed', 'signal', text, code);
}

function exited(fact: EngineFact, code: number): Outcome {
  return outcome('failed', 'exit', `exit code ${code}${childNote(fact)}`, code, null, fact.error);
}

/** The engine tells of any process in it that was killed for its memory, not only the first. */
const childNote = (fact: EngineFact): string =>
  fact.outOfMemory ? '; a process in it ran out of memory' : '';

/** Numbers that are the same on Linux and macOS. */
const SIGNALS: Record<number, string> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};

/** Linux has 64 signals, macOS 31; a code above those is a program's own, such as 255 for -1. */
const isSignal = (number: number): boolean => number >= 1 && number <= 64;

const signalName = (number: number): string | null => SIGNALS[number] ?? null;
