import { describe, expect, it } from 'vitest';
import type { SweepPlan } from '../../shared/domain/sweep.ts';
import { systemClock } from '../clock.ts';
import { testDatabase } from '../db/testing.ts';
import { BinService } from './bin-service.ts';
import { MarkService } from './mark-service.ts';
import { endRun, makeJob, makeRun } from './testing/runs.ts';

function made() {
  const { db, repos } = testDatabase();
  // A clock that stands still: nothing may depend on two times being different.
  const clock = { ...systemClock, now: () => 1000 };
  const bin = new BinService({ repos, clock });
  return { db, repos, bin, marks: new MarkService(repos), job: makeJob(repos) };
}

const errorOf = (action: () => unknown): { code: string; message: string; next: string } => {
  try {
    action();
  } catch (error) {
    return error as { code: string; message: string; next: string };
  }
  throw new Error('It was not refused.');
};

describe('marks', () => {
  it('of many runs are told of all, and change nothing else', () => {
    const { repos, marks, job } = made();
    const runs = [makeRun(repos, job), makeRun(repos, job, 'failed')];
    const ids = runs.map(({ id }) => id);
    const rev = repos.runs.revisionAfter(0, 0)!;
    marks.markRuns(ids, { starred: true, notes: 'good', addTags: ['b', 'a'] });
    expect(ids.map((id) => repos.runs.get(id))).toEqual(
      runs.map((run) => ({ ...run, starred: true, notes: 'good', tags: ['a', 'b'] })),
    );
    expect(
      repos.runs
        .changedSince(rev)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids.sort());
    marks.markRuns([ids[0]!], { name: ' the best ', removeTags: ['a'] });
    expect(repos.runs.get(ids[0]!)).toMatchObject({
      ...{ name: 'the best', tags: ['b'], starred: true, notes: 'good' },
    });
  });

  it('are of all runs or of none', () => {
    const { repos, marks, job } = made();
    const [a, b] = [makeRun(repos, job), makeRun(repos, job)];
    const fifty = Array.from({ length: 50 }, (_, index) => `t${index}`);
    marks.markRuns([b.id], { addTags: fifty });
    for (const [ids, code] of [
      [[a.id, b.id], 'E_ARGS'],
      [[a.id, 'nobody'], 'E_NOT_FOUND'],
    ] as const) {
      expect(errorOf(() => marks.markRuns(ids, { starred: true, addTags: ['x'] })).code).toBe(code);
    }
    expect(repos.runs.get(a.id)).toEqual(a);
  });

  it('of a thousand runs are told part after part', () => {
    const { db, repos, marks, job } = made();
    const ids = Array.from({ length: 600 }, () => makeRun(repos, job, 'queued').id);
    const rev = db.write((now) => now);
    marks.markRuns(ids, { starred: true });
    expect(repos.runs.changedSince(rev)).toHaveLength(600);
    const first = repos.runs.revisionAfter(rev, 0)!;
    expect(repos.runs.changedSince(rev, first).length).toBeLessThanOrEqual(50);
  });
});

describe('names of jobs', () => {
  it('change with all that is theirs', () => {
    const { db, repos, marks, job } = made();
    const run = makeRun(repos, job);
    repos.jobs.setAlias(job.job.id, 'best', job.version.id);
    const rev = db.write((now) => now);
    expect(marks.renameJob(job.job.id, 'fit').fullName).toMatch(/\/p\/fit$/);
    expect(repos.jobs.jobsChangedSince(rev)).toMatchObject([{ name: 'fit' }]);
    expect(repos.runs.get(run.id)!.jobName).toBe('fit');
    expect(repos.jobs.version(job.version.id)!.aliases).toContain('best');
    expect(repos.runs.get(run.id)!.name).toBe(run.name);
    const again = makeJob(repos);
    expect(again.job).toMatchObject({ name: 'train', runCount: 0 });
    expect(again.job.id).not.toBe(job.job.id);
  });

  it.each([
    ['a b', 'a_b'],
    ['', 'my-job'],
    ['..', 'my-job'],
    ['other', 'other-2'],
  ])('%j is refused, and %s is offered', (name, offer) => {
    const { repos, marks, job } = made();
    makeJob(repos, 'other');
    const error = errorOf(() => marks.renameJob(job.job.id, name));
    expect(error.code).toBe('E_NAME');
    expect(error.next).toMatch(new RegExp(`: ${offer}$`));
    expect(marks.renameJob(job.job.id, 'train').name).toBe('train');
  });
});

describe('runs in the bin', () => {
  it('are left out of lists, names and counts, and come back as they were', () => {
    const { repos, bin, job } = made();
    const run = makeRun(repos, job);
    bin.binRuns([run.id]);
    expect(repos.runs.get(run.id)).toMatchObject({ id: run.id, binnedAt: 1000 });
    expect(repos.runs.list({ limit: 9 })).toEqual([]);
    expect(repos.runs.newestNamed(run.name)).toBeNull();
    expect(repos.jobs.list()).toMatchObject([{ runCount: 0 }]);
    expect(repos.projects.byName('p')).toMatchObject({ runCount: 0, jobCount: 1 });
    expect(bin.binnedRuns(9).map(({ id }) => id)).toEqual([run.id]);
    bin.restoreRuns([run.id]);
    expect(repos.runs.get(run.id)).toEqual(run);
    expect(repos.jobs.list()).toMatchObject([{ runCount: 1 }]);
  });

  it('are none that is under way: then nothing changes', () => {
    const { repos, bin, job } = made();
    const [ended, active] = [makeRun(repos, job), makeRun(repos, job, 'queued')];
    const error = errorOf(() => bin.binRuns([ended.id, active.id]));
    expect(error).toMatchObject({ code: 'E_RUN_ACTIVE' });
    expect(error.message).toContain(active.name);
    expect(repos.runs.get(ended.id)).toEqual(ended);
    expect(errorOf(() => bin.binJobs([job.job.id])).code).toBe('E_RUN_ACTIVE');
    expect(bin.binnedJobs()).toEqual([]);
  });
});

describe('jobs in the bin', () => {
  it('hide their runs, and bring back those that were not there before', () => {
    const { repos, bin, job } = made();
    const [before, other] = [makeRun(repos, job), makeRun(repos, job)];
    bin.binRuns([before.id]);
    const [binned] = bin.binJobs([job.job.id]);
    expect(binned).toMatchObject({ runCount: 1 });
    expect(binned!.binnedAt).not.toBeNull();
    expect(repos.projects.byName('p')).toMatchObject({ jobCount: 0, runCount: 0 });
    expect(repos.runs.list({ limit: 9 })).toEqual([]);
    expect(repos.jobs.list()).toEqual([]);
    expect(bin.binnedRuns(9)).toEqual([]);
    expect(repos.runs.get(other.id)!.binnedAt).toBe(binned!.binnedAt);
    expect(repos.runs.get(before.id)!.binnedAt).toBe(1000);
    expect(errorOf(() => bin.restoreRuns([other.id])).code).toBe('E_STATE');
    bin.restoreJobs([job.job.id]);
    expect(repos.runs.list({ limit: 9 }).map(({ id }) => id)).toEqual([other.id]);
  });

  it('give their name to others, and are asked for another one when they come back', () => {
    const { repos, bin, job } = made();
    bin.binJobs([job.job.id]);
    const second = makeJob(repos);
    bin.binJobs([second.job.id]);
    const third = makeJob(repos);
    const error = errorOf(() => bin.restoreJobs([second.job.id]));
    expect(error).toMatchObject({ code: 'E_NAME', next: expect.stringMatching(/: train-2$/) });
    expect(bin.restoreJobs([job.job.id, second.job.id], true).map(({ name }) => name)).toEqual([
      'train-2',
      'train-3',
    ]);
    expect(repos.jobs.byName(third.job.projectId, 'train')!.id).toBe(third.job.id);
  });

  it('get no runs', () => {
    const { repos, bin, job } = made();
    bin.binJobs([job.job.id]);
    expect(errorOf(() => makeRun(repos, job)).code).toBe('E_STATE');
    expect(repos.runs.list({ limit: 9 })).toEqual([]);
  });
});

describe('deleting runs of a sweep', () => {
  it('takes their cells, and with the last of them the sweep', () => {
    const { db, repos, bin, job } = made();
    const { id: jobId, projectId } = job.job;
    const of = { projectId, jobId, versionId: job.version.id };
    const run = {
      ...of,
      ...{
        name: null,
        engine: 'process' as const,
        entryPoint: ['a'],
        rewrite: false,
        executor: 'me',
      },
    };
    const plan: SweepPlan = { method: 'grid', axes: [], count: null, seed: 1 };
    const sweep = { ...of, name: 'grid', plan, concurrency: 1 };
    const draft = repos.sweepDrafts.begin(sweep, 3, 'me', 1);
    repos.sweepDrafts.add(
      draft,
      0,
      Array.from({ length: 3 }, () => ({ values: {}, run })),
      1,
    );
    repos.sweepDrafts.finish(draft, sweep);
    const cells = () => repos.sweeps.cells(draft.id).map(({ cell }) => cell);
    const [a, b, c] = repos.sweeps.cells(draft.id).map(({ runId }) => runId);
    for (const id of [a!, b!, c!]) endRun(repos, id);
    bin.binRuns([a!, b!, c!]);
    expect(cells()).toEqual([0, 1, 2]);
    const rev = db.write((now) => now);
    repos.deletions.runs([b!], 'me');
    expect(cells()).toEqual([0, 2]);
    expect(db.all('SELECT cells FROM sweep')).toEqual([{ cells: 2 }]);
    repos.deletions.runs([a!, c!], 'me');
    expect(repos.sweeps.get(draft.id)).toBeNull();
    expect(db.all('SELECT * FROM sweep_cell')).toEqual([]);
    const removed = repos.removals.changedSince(rev);
    expect(removed.sweeps).toEqual([draft.id]);
    expect(new Set(removed.runs)).toEqual(new Set([a, b, c]));
  });
});
