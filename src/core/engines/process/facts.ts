import { readFile, stat } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { EngineFact } from '../engine.ts';
import type { Attempt } from './attempt-store.ts';
import { unlessMissing } from './file-errors.ts';
import { processState } from './process-identity.ts';
import { type Claim, readClaim } from './supervisor.ts';

/** Written before the kill is sent: the supervisor dies of it too and can record nothing. */
export const killFile = (attempt: Attempt): string => join(attempt.folder, 'killed');

/** A shell tells the death by signal n as status 128 + n. */
export function signalOf(exitCode: number): string | null {
  const found = Object.entries(constants.signals).find(([, number]) => number === exitCode - 128);
  return found?.[0] ?? null;
}

/** What is known of an attempt now, from its folder and the process table. */
export async function factOf(attempt: Attempt): Promise<EngineFact> {
  const claim = await readClaim(attempt);
  const base = { ...unknown, attemptId: attempt.attemptId, ref: attempt.attemptId };
  if (!claim) return base;
  if (claim.kind === 'never') {
    return {
      ...base,
      phase: 'ended',
      endedAt: claim.at,
      error: 'It was stopped before it started.',
    };
  }
  const { startedAt } = claim;
  const state = await processState(claim.supervisor);
  if (state === 'alive') return { ...base, phase: 'running', startedAt };
  if (state === 'paused') return { ...base, phase: 'paused', startedAt };
  return { ...base, phase: 'ended', startedAt, ...(await readEnd(attempt)) };
}

const unknown = {
  phase: 'created',
  exitCode: null,
  signal: null,
  outOfMemory: false,
  memoryLimit: null,
  error: null,
  engineDied: false,
  startedAt: null,
  endedAt: null,
} as const;

type End = Pick<EngineFact, 'exitCode' | 'signal' | 'error' | 'engineDied' | 'endedAt'>;

/** How it ended, once the supervisor is gone. An end of its own counts before the kill that came too late. */
async function readEnd(attempt: Attempt): Promise<End> {
  const ended = { error: null, engineDied: false };
  const file = join(attempt.folder, 'exit');
  const text = await unlessMissing(readFile(file, 'utf8'));
  if (text !== null) {
    const exitCode = Number(text);
    return { ...ended, exitCode, signal: signalOf(exitCode), endedAt: await timeOf(file) };
  }
  const killedAt = await timeOf(killFile(attempt));
  if (killedAt !== null) {
    return { ...ended, exitCode: 137, signal: 'SIGKILL', endedAt: killedAt };
  }
  return {
    exitCode: null,
    signal: null,
    error: 'The process that watches over the program died, so its exit code is unknown.',
    engineDied: true,
    endedAt: null,
  };
}

async function timeOf(file: string): Promise<number | null> {
  return (await unlessMissing(stat(file)))?.mtimeMs ?? null;
}

/** Whether its output may still grow. */
export async function isLive(claim: Claim): Promise<boolean> {
  return claim.kind === 'supervisor' && (await processState(claim.supervisor)) !== 'gone';
}
