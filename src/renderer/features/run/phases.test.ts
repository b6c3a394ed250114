import { describe, expect, it } from 'vitest';
import type { Run, RunEvent, RunState } from '../../../shared/domain/run.ts';
import { makeRun } from '../../testing/fake-data.ts';
import { phasesOf } from './phases.ts';

const event = (seq: number, at: number, state: RunState | null): RunEvent => ({
  ...{ seq, at, state, runId: 'r1', text: '' },
});

const run = (change: Partial<Run>) => makeRun({ id: 'r1', name: 'r1', createdAt: 0, ...change });

const words = (found: ReturnType<typeof phasesOf>): string[] =>
  found.map(({ state, time }) => `${state} ${time}`);

describe('the phases of a run', () => {
  const events = [
    event(0, 0, 'queued'),
    event(1, 100, 'preparing'),
    event(2, 250, null),
    event(3, 300, 'building'),
    event(4, 1300, 'running'),
  ];

  it('have the time up to the next state, the last up to the end', () => {
    const ended = run({ endedAt: 5000, state: 'finished' });
    const all = [...events, event(5, 5000, 'finished'), event(6, 5100, null)];
    expect(words(phasesOf(ended, all, 9000))).toEqual([
      'queued 100',
      'preparing 200',
      'building 1000',
      'running 3700',
    ]);
  });

  it('go on while the run does', () => {
    const active = run({ endedAt: null, state: 'running' });
    expect(words(phasesOf(active, events, 2000)).at(-1)).toBe('running 700');
  });

  it('stand there twice where a run came back to a state', () => {
    const again = [event(0, 0, 'queued'), event(1, 10, 'preparing'), event(2, 30, 'queued')];
    const waiting = run({ endedAt: null, state: 'queued' });
    expect(words(phasesOf(waiting, again, 50))).toEqual(['queued 10', 'preparing 20', 'queued 20']);
  });

  it('have no less than no time when a clock was set back', () => {
    const back = [event(0, 100, 'queued'), event(1, 40, 'running')];
    const ended = run({ endedAt: 90, state: 'finished' });
    expect(words(phasesOf(ended, back, 90))).toEqual(['queued 0', 'running 50']);
  });

  it('of an imported run are that it ran', () => {
    const imported = run({ engine: null, startedAt: 10, endedAt: 40 });
    expect(words(phasesOf(imported, [], 50))).toEqual(['running 30']);
    expect(phasesOf(run({ engine: null, startedAt: null, endedAt: null }), [], 50)).toEqual([]);
  });
});
