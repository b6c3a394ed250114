import { describe, expect, it } from 'vitest';
import { WAIT_CODES, type WaitReason } from '../../shared/domain/queue.ts';
import {
  diskFull,
  engineAway,
  memoryNeverFits,
  memoryTaken,
  processorsNeverFit,
  processorsTaken,
  waitReason,
  type WaitFacts,
} from './wait-reason.ts';

const at = (hour: number, minute: number, day = 22): number =>
  new Date(2026, 10, day, hour, minute).getTime();
const NOW = at(14, 10);
const GIB = 2 ** 30;

/** A run that nothing stands in the way of. */
const FREE: WaitFacts = {
  ...{ now: NOW, notBefore: null, noted: null, sweep: null, before: () => 0 },
  queue: { pausedAt: null, concurrency: 2, running: 1 },
  executor: { kind: 'app' },
};

/** What stands in the way of a run, by the code of the reason. */
const IN_THE_WAY: Record<WaitReason['code'], { facts: Partial<WaitFacts>; text: string }> = {
  paused: {
    facts: { queue: { pausedAt: 1, concurrency: 2, running: 2 } },
    text: 'queue paused',
  },
  'no-executor': {
    facts: { executor: { kind: null } },
    text: 'nothing executes queues: open Slipway or run `slipway serve`',
  },
  'not-before': { facts: { notBefore: at(14, 30) }, text: 'starts at 14:30' },
  'never-fits': {
    facts: { noted: memoryNeverFits(64 * GIB, 24 * GIB) },
    text: 'can never fit: asks for 64 GiB, machine has 24 GiB',
  },
  engine: {
    facts: { noted: engineAway(at(14, 2), NOW) },
    text: 'engine not reachable since 14:02',
  },
  disk: {
    facts: { noted: diskFull('The disk of the Docker engine is full.', at(14, 11), NOW) },
    text: 'the disk of the Docker engine is full; tried again at 14:11',
  },
  limit: {
    facts: { queue: { pausedAt: null, concurrency: 2, running: 2 } },
    text: '2 of 2 running',
  },
  sweep: {
    facts: { sweep: { running: 4, concurrency: 4 } },
    text: '4 of 4 of its sweep running',
  },
  resources: {
    facts: { noted: memoryTaken(8 * GIB, 3.1 * GIB) },
    text: 'needs 8 GiB, 3.1 GiB free now',
  },
  behind: { facts: { before: () => 3 }, text: '3 before it' },
  next: { facts: {}, text: 'next to start' },
};

describe('why a run waits', () => {
  it.each(WAIT_CODES.map((code) => ({ code, ...IN_THE_WAY[code] })))(
    'is told: $code',
    ({ code, facts, text }) => {
      expect(waitReason({ ...FREE, ...facts })).toMatchObject({ code, text });
    },
  );

  // What the executor noted is one reason: two of those are never there at once.
  const pairs = WAIT_CODES.flatMap((first, index) =>
    WAIT_CODES.slice(index + 1)
      .filter((second) => !(IN_THE_WAY[first].facts.noted && IN_THE_WAY[second].facts.noted))
      .filter((second) => !(IN_THE_WAY[first].facts.queue && IN_THE_WAY[second].facts.queue))
      .map((second) => ({ first, second })),
  );
  it.each(pairs)('is $first rather than $second', ({ first, second }) => {
    const facts = { ...IN_THE_WAY[second].facts, ...IN_THE_WAY[first].facts };
    expect(waitReason({ ...FREE, ...facts }).code).toBe(first);
  });

  it.each<{ what: string; facts: Partial<WaitFacts>; text: string }>([
    { what: 'in no queue', facts: { queue: null }, text: 'next to start' },
    {
      what: 'in a queue without a limit',
      facts: { queue: { pausedAt: null, concurrency: null, running: 900 } },
      text: 'next to start',
    },
    {
      what: 'over a limit that was lowered',
      facts: { queue: { pausedAt: null, concurrency: 1, running: 3 } },
      text: '3 of 1 running',
    },
    { what: 'whose time has come', facts: { notBefore: NOW }, text: 'next to start' },
    {
      what: 'until tomorrow',
      facts: { notBefore: at(9, 5, 23) },
      text: 'starts at 2026-11-23 09:05',
    },
    {
      what: 'for less than two minutes',
      facts: { now: NOW + 15_000, notBefore: NOW + 45_000 },
      text: 'starts at 14:10:45',
    },
    { what: 'for two minutes', facts: { notBefore: at(14, 12) }, text: 'starts at 14:12' },
    {
      what: 'for an engine that was never seen',
      facts: { noted: engineAway(null, NOW) },
      text: 'engine not reachable',
    },
    {
      what: 'for a disk that another run tries now',
      facts: { noted: diskFull('E: is full', null, NOW) },
      text: 'E: is full; being tried again',
    },
    {
      what: 'for processors',
      facts: { noted: processorsTaken(4, 1.25) },
      text: 'needs 4 CPUs, 1.3 free now',
    },
    {
      what: 'for more processors than there are',
      facts: { noted: processorsNeverFit(64, 2) },
      text: 'can never fit: asks for 64 CPUs, machine has 2',
    },
    {
      what: 'with a note that says nothing that the rows do not say better',
      facts: { noted: { code: 'behind', text: '7 before it', next: null } },
      text: 'next to start',
    },
  ])('is told of a run $what', ({ facts, text }) => {
    expect(waitReason({ ...FREE, ...facts }).text).toBe(text);
  });

  it('has a next step where it needs the person', () => {
    for (const code of ['paused', 'never-fits', 'disk'] as const) {
      const { next } = waitReason({ ...FREE, ...IN_THE_WAY[code].facts });
      expect(next).toMatch(/\.$/);
    }
  });
});
