import { describe, expect, it } from 'vitest';
import type { Run } from '../../shared/domain/run.ts';
import { noEntities, type Entities } from '../stores/entities.ts';
import { makeRun } from '../testing/fake-data.ts';
import { withoutOldRuns } from './keep-runs.ts';

const old = (n: number, change: Partial<Run> = {}): Run =>
  makeRun({ id: `run-${n}`, name: `run-${n}`, createdAt: 1_000_000 - n, ...change });

const holding = (runs: readonly Run[]): Entities => ({
  ...noEntities,
  runs: Object.fromEntries(runs.map((run) => [run.id, run])),
  events: Object.fromEntries(runs.map(({ id }) => [id, []])),
});

const JOBS = { page: 'jobs' } as const;

describe('withoutOldRuns', () => {
  it('leaves a few hundred as they are', () => {
    const have = holding(Array.from({ length: 400 }, (_, n) => old(n)));
    expect(withoutOldRuns(have, JOBS)).toBe(have);
  });

  it('keeps of thousands the newest, those under way, and the newest of each job', () => {
    const runs = Array.from({ length: 5000 }, (_, n) => old(n));
    runs[4000] = old(4000, { state: 'running' });
    runs[4500] = old(4500, { jobId: 'rare' });
    runs[4600] = old(4600, { jobId: 'rare' });
    const { runs: kept, events } = withoutOldRuns(holding(runs), JOBS);
    expect(Object.keys(kept)).toHaveLength(302);
    expect(Object.keys(kept)).toEqual(
      expect.arrayContaining(['run-0', 'run-299', 'run-4000', 'run-4500']),
    );
    expect(Object.keys(events)).toEqual(Object.keys(kept));
  });

  it('keeps what is on the screen: a run, runs side by side, the cells of a sweep', () => {
    const runs = Array.from({ length: 2000 }, (_, n) =>
      old(n, n >= 1000 ? { sweep: { id: 's1', cell: n } } : {}),
    );
    const have = holding(runs);
    expect(withoutOldRuns(have, { page: 'run', runId: 'run-900', tab: 'log' }).runs).toHaveProperty(
      'run-900',
    );
    expect(withoutOldRuns(have, { page: 'compare', runIds: ['run-901'] }).runs).toHaveProperty(
      'run-901',
    );
    const { runs: cells } = withoutOldRuns(have, { page: 'sweep', sweepId: 's1' });
    expect(Object.values(cells).filter((run) => run.sweep)).toHaveLength(1000);
  });
});
