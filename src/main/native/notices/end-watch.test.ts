import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Changes } from '../../../shared/contract/events.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import type { Notice } from './end-notices.ts';
import { EndWatch, type EndWatchParts } from './end-watch.ts';
import { endedRun, endedSweep } from '../testing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watchOn(open: string[], sweep: Sweep | null = null) {
  const core = {
    activity: { notEnded: () => open },
    repos: { sweeps: { get: () => sweep } },
    runs: { nextTry: () => null },
    settings: { get: () => DEFAULT_SETTINGS },
  } as unknown as EndWatchParts['core'];
  const told: string[] = [];
  const show = ({ title }: Notice) => told.push(title);
  const watch = new EndWatch({ core, runInView: () => null, show });
  const follow = (runs: Run[], sweeps: Sweep[] = []) =>
    watch.follow({ runs, sweeps } as unknown as Changes);
  return { watch, told, follow };
}

const run = (n: number, more: Partial<Run> = {}) =>
  endedRun({ id: `run-${n}`, name: `run-${n}`, ...more });

it('tells what ended while away together, once it has caught up, and then each by itself', async () => {
  const { watch, told, follow } = watchOn(['run-1', 'run-2', 'run-3']);
  follow([run(1), run(2)]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([]);
  watch.caughtUp();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual(['2 runs ended while Slipway was away']);
  follow([run(3), run(1, { starred: true })]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told.slice(1)).toEqual(['run-3 failed']);
});

it('tells a sweep once, also when its last cells are told apart', async () => {
  const { watch, told, follow } = watchOn(['run-1', 'run-2'], endedSweep());
  watch.caughtUp();
  await vi.advanceTimersByTimeAsync(10_000);
  for (const cell of [1, 2]) {
    follow([run(cell, { sweep: { id: 's', cell } })]);
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(told).toEqual(['lr-grid: sweep ended']);
});

it('leaves no timer behind', () => {
  const { watch, follow } = watchOn(['run-1']);
  watch.caughtUp();
  follow([run(1)]);
  watch.stop();
  expect(vi.getTimerCount()).toBe(0);
});
