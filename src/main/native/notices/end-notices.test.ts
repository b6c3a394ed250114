import { describe, expect, it } from 'vitest';
import type { Run } from '../../../shared/domain/run.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import { noticesOf, type Circumstances } from './end-notices.ts';
import { endedRun, endedSweep } from '../testing.ts';

const usual: Circumstances = {
  ...{ notify: 'all', inView: null, whileAway: false, isTriedAgain: () => false },
};
const titles = (runs: Run[], sweeps: Sweep[] = [], more: Partial<Circumstances> = {}) =>
  noticesOf({ runs, sweeps }, { ...usual, ...more }).map(({ title }) => title);

const runs = (count: number, more: Partial<Run> = {}) =>
  Array.from({ length: count }, (_, n) => endedRun({ id: `run-${n}`, name: `run-${n}`, ...more }));

describe('noticesOf', () => {
  it('says what and how it ended, then why, of what and after how long', () => {
    expect(noticesOf({ runs: [endedRun()], sweeps: [] }, usual)).toEqual([
      {
        title: 'amber-comet-204 failed',
        body: 'exit code 3 · segment v4 · 12 min',
        target: { page: 'run', runId: 'run-1', line: null },
      },
    ]);
  });

  it('leaves out what is not known', () => {
    const run = endedRun({ startedAt: null, durationMs: null, reason: null, state: 'crashed' });
    expect(noticesOf({ runs: [run], sweeps: [] }, usual)[0]!.body).toBe('segment v4');
  });

  it.each<[string, Partial<Run>, Partial<Circumstances>, boolean]>([
    ['a failure', {}, {}, true],
    ['a success', { state: 'finished' }, {}, true],
    ['one ended by its time limit', { state: 'stopped' }, {}, true],
    ['one the person stopped', { state: 'stopped', stopRequestedAt: 5 }, {}, false],
    ['one that failed after it was to stop', { stopRequestedAt: 5 }, {}, false],
    ['the one in view', {}, { inView: 'run-1' }, false],
    ['another than the one in view', {}, { inView: 'run-2' }, true],
    ['a cell of a sweep', { sweep: { id: 's', cell: 0 } }, {}, false],
    ['one that is tried again', {}, { isTriedAgain: () => true }, false],
    ['a failure, failures wanted', {}, { notify: 'failures' }, true],
    ['a crash, failures wanted', { state: 'crashed' }, { notify: 'failures' }, true],
    ['a success, failures wanted', { state: 'finished' }, { notify: 'failures' }, false],
    ['a failure, nothing wanted', {}, { notify: 'never' }, false],
  ])('%s', (_what, run, circumstances, isTold) => {
    expect(titles([endedRun(run)], [], circumstances)).toHaveLength(isTold ? 1 : 0);
  });

  it.each<[string, Partial<Sweep>, Partial<Circumstances>, boolean]>([
    ['a sweep', {}, {}, true],
    ['one the person stopped', { stopRequestedAt: 5 }, {}, false],
    ['one with failures, failures wanted', {}, { notify: 'failures' }, true],
    ['one without, failures wanted', { states: { finished: 20 } }, { notify: 'failures' }, false],
    ['any, nothing wanted', {}, { notify: 'never' }, false],
  ])('%s', (_what, sweep, circumstances, isTold) => {
    expect(titles([], [endedSweep(sweep)], circumstances)).toHaveLength(isTold ? 1 : 0);
  });

  it('tells the cells of a sweep as one', () => {
    expect(noticesOf({ runs: [], sweeps: [endedSweep()] }, usual)).toEqual([
      {
        title: 'lr-grid: sweep ended',
        body: '18 finished, 2 failed · segment v4',
        target: { page: 'sweep', sweepId: 's' },
      },
    ]);
  });

  it('tells many that end at once as one', () => {
    expect(titles(runs(4))).toHaveLength(4);
    const mixed = [...runs(9, { state: 'finished' }), ...runs(2), ...runs(1, { state: 'crashed' })];
    expect(noticesOf({ runs: mixed, sweeps: [] }, usual)).toEqual([
      { title: '12 runs ended', body: '9 finished, 2 failed, 1 crashed', target: null },
    ]);
  });

  it('tells what ended while away as one', () => {
    const away = { whileAway: true };
    expect(titles(runs(1), [], away)).toEqual(['run-0 failed']);
    expect(titles(runs(3), [], away)).toEqual(['3 runs ended while Slipway was away']);
  });

  it('tells names from anywhere in one short line', () => {
    const run = endedRun({ name: `a\n\u202Eb${'x'.repeat(500)}` });
    const [{ title } = { title: '' }] = noticesOf({ runs: [run], sweeps: [] }, usual);
    expect(title).toMatch(/^a bx+… failed$/);
    expect(title.length).toBeLessThan(80);
  });
});
