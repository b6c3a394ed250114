import type { Executor, WAIT_CODES, WaitReason } from '../../shared/domain/queue.ts';
import type { QueueRoom } from '../db/queues-repo.ts';
import { clockText } from '../../shared/clock-text.ts';
import { memoryText } from '../../shared/units.ts';

/** A start within this time is told with its seconds. */
const SOON_MS = 2 * 60_000;

type WaitCode = (typeof WAIT_CODES)[number];

/** What is known of a run that waits. Times in ms since 1970. */
export interface WaitFacts {
  now: number;
  notBefore: number | null;
  /** Null for a run that waits in none: left to the background, a further try. */
  queue: QueueRoom | null;
  executor: Pick<Executor, 'kind'>;
  /** What the executor found: an engine that is away, resources that are taken. */
  noted: WaitReason | null;
  /** The sweep it belongs to. */
  sweep: { running: number; concurrency: number } | null;
  /** How many of its queue start before it; asked only when nothing else stands in its way. */
  before(): number;
}

const reason = (code: WaitCode, text: string, next: string | null = null): WaitReason => ({
  code,
  text,
  next,
});

/** Why a run has not started: the first of what stands in its way, in the order of `WAIT_CODES`. */
export function waitReason(facts: WaitFacts): WaitReason {
  const { queue, executor, sweep } = facts;
  if (queue && queue.pausedAt !== null)
    return reason('paused', 'queue paused', 'Resume the queue.');
  if (executor.kind === null) return NO_EXECUTOR;
  if (facts.notBefore !== null && facts.notBefore > facts.now) {
    return reason('not-before', `starts at ${startText(facts.notBefore, facts.now)}`);
  }
  const found = noted(facts, ['never-fits', 'engine', 'disk']);
  if (found) return found;
  if (isFull(queue)) return reason('limit', `${queue.running} of ${queue.concurrency} running`);
  if (isFull(sweep)) {
    return reason('sweep', `${sweep.running} of ${sweep.concurrency} of its sweep running`);
  }
  return noted(facts, ['resources']) ?? placeReason(facts.before());
}

const NO_EXECUTOR = reason(
  'no-executor',
  'nothing executes queues: open Slipway or run `slipway serve`',
);

/** The engine of a run does not answer; since when, where that is known. */
export const engineAway = (since: number | null, now: number): WaitReason =>
  reason(
    'engine',
    since === null ? 'engine not reachable' : `engine not reachable since ${clockText(since, now)}`,
    'It starts by itself when the engine answers again.',
  );

/**
 * There was no room for the last run of its engine, as `message` says; `againAt` is when one is tried again,
 * null while one is. Times in ms since 1970.
 */
export const diskFull = (message: string, againAt: number | null, now: number): WaitReason =>
  reason(
    'disk',
    `${inSentence(message)}; ${againAt === null ? 'being tried again' : `tried again at ${clockText(againAt, now)}`}`,
    'Free some space, for example with `slipway gc`: it goes on by itself.',
  );

/** A sentence of its own as a part of another one. */
const inSentence = (sentence: string): string =>
  sentence.replace(/^[A-Z](?=[a-z]* )/, (first) => first.toLowerCase()).replace(/\.$/, '');

/** This process can open too few files for one more run. */
export const filesTaken: WaitReason = reason(
  'resources',
  'the system lets Slipway open no more files',
  'Close what you do not need, or raise the limit (ulimit -n).',
);

/** The memory that it needs is taken now. Bytes. */
export const memoryTaken = (needs: number, free: number): WaitReason =>
  reason('resources', `needs ${memoryText(needs)}, ${memoryText(free)} free now`);

/** The processors that it needs are taken now. */
export const processorsTaken = (needs: number, free: number): WaitReason =>
  reason('resources', `needs ${cpusText(needs)}, ${Number(free.toFixed(1))} free now`);

/** It asks for more memory than there is. Bytes. */
export const memoryNeverFits = (needs: number, machine: number): WaitReason =>
  neverFits(`asks for ${memoryText(needs)}, machine has ${memoryText(machine)}`);

/** It asks for more processors than there are. */
export const processorsNeverFit = (needs: number, machine: number): WaitReason =>
  neverFits(`asks for ${cpusText(needs)}, machine has ${Number(machine.toFixed(1))}`);

const neverFits = (text: string): WaitReason =>
  reason('never-fits', `can never fit: ${text}`, 'Remove it, and launch it with less.');

const cpusText = (count: number): string =>
  count === 1 ? '1 CPU' : `${Number(count.toFixed(1))} CPUs`;

const noted = ({ noted: found }: WaitFacts, codes: readonly WaitCode[]): WaitReason | null =>
  found !== null && codes.includes(found.code) ? found : null;

const isFull = <T extends { running: number; concurrency: number | null }>(
  room: T | null,
): room is T & { concurrency: number } =>
  room !== null && room.concurrency !== null && room.running >= room.concurrency;

const placeReason = (before: number): WaitReason =>
  before > 0 ? reason('behind', `${before} before it`) : reason('next', 'next to start');

/** With its seconds when it is so soon that a minute alone reads as one that has passed. */
function startText(at: number, now: number): string {
  const text = clockText(at, now);
  return at - now < SOON_MS ? `${text}:${two(new Date(at).getSeconds())}` : text;
}

const two = (number: number): string => String(number).padStart(2, '0');
