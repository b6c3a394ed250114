import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineChoice } from '../shared/domain/engine.ts';
import type { EngineChooser } from '../core/host/engine-chooser.ts';
import { EngineWatch } from './engine-watch.ts';

const status = (available: boolean) =>
  ({ kind: 'docker', available, text: '', fix: null, since: null }) as const;
const choice = (available: boolean): EngineChoice => ({
  kind: 'docker',
  because: 'chosen in the settings',
  engines: [status(available)],
});

/** A watch on a chooser that answers in this order, the last answer again and again. */
function watchOn(...answers: (boolean | Error)[]) {
  const next = async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer === true;
  };
  const chooser = {
    choice: async () => choice(await next()),
    status: async () => status(await next()),
  };
  const told: boolean[] = [];
  const watch = new EngineWatch(chooser as unknown as EngineChooser);
  watch.on(({ engines }) => told.push(engines[0]!.available));
  return { watch, told };
}

describe('EngineWatch', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells a change once, and the engine that comes up soon', async () => {
    vi.useFakeTimers();
    const { watch, told } = watchOn(false, false, true);
    watch.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([false, true]);
  });

  it('goes on after a look that failed', async () => {
    vi.useFakeTimers();
    const fault = new Error('the database is closed');
    const { watch, told } = watchOn(fault, fault, true);
    watch.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([true]);
  });
});
