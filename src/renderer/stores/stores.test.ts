import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../shared/domain/run.ts';
import { putChanges } from '../bridge/merge.ts';
import { makeJob, makeProject, makeRun, makeVersion } from '../testing/fake-data.ts';
import { noEntities } from './entities.ts';
import { goBack, goForward, goTo, HOME, readRoute, type History } from './route.ts';
import { activeRuns, currentProject, jobNamed, jobsOf, lastRuns, matches } from './selectors.ts';

const byId = <T extends { id: string }>(...rows: T[]): Record<string, T> =>
  Object.fromEntries(rows.map((row) => [row.id, row]));

describe('selectors', () => {
  it('shows the chosen project while it is there, else the default one', () => {
    const projects = byId(makeProject('a', 'alpha'), makeProject('d', 'default'));
    expect(currentProject(projects, 'a')?.name).toBe('alpha');
    expect(currentProject(projects, 'gone')?.name).toBe('default');
    expect(currentProject(byId(makeProject('a', 'alpha')), null)?.name).toBe('alpha');
    expect(currentProject({}, null)).toBeNull();
  });

  it('lists the jobs of a project, newest first, ties in one fixed order', () => {
    const jobs = byId(
      makeJob({ id: '1', name: 'a', createdAt: 10 }),
      makeJob({ id: '2', name: 'b', createdAt: 30 }),
      makeJob({ id: '3', name: 'c', createdAt: 10 }),
      makeJob({ id: '4', name: 'd', createdAt: 99, projectId: 'other' }),
    );
    expect(jobsOf(jobs, 'p1').map(({ id }) => id)).toEqual(['2', '3', '1']);
  });

  it('finds what is under way, and the last run of each job', () => {
    const runs = byId(
      makeRun({ id: 'r1', name: 'one', state: 'running', createdAt: 1 }),
      makeRun({ id: 'r2', name: 'two', state: 'failed', createdAt: 3 }),
      makeRun({ id: 'r3', name: 'three', state: 'queued', createdAt: 2 }),
    );
    expect(activeRuns(runs).map(({ id }) => id)).toEqual(['r1', 'r3']);
    expect(lastRuns(runs).get('j1')?.id).toBe('r2');
  });

  it('matches every word in any case', () => {
    expect(matches('Train-Transformer baseline', 'BASE train')).toBe(true);
    expect(matches('Train-Transformer baseline', 'base test')).toBe(false);
  });

  it('finds a job by its project and name', () => {
    const jobs = byId(makeJob({ id: '1', name: 'a' }));
    expect(jobNamed(jobs, 'default', 'a')?.id).toBe('1');
    expect(jobNamed(jobs, 'other', 'a')).toBeUndefined();
  });
});

it('leaves out what is in the bin', () => {
  const job = makeJob({ id: 'j', name: 'a', binnedAt: 1 });
  const run = makeRun({ id: 'r', name: 'a-1', binnedAt: 1 }, job);
  expect(jobsOf({ j: job }, job.projectId)).toEqual([]);
  expect(jobNamed({ j: job }, job.projectName, 'a')).toBeUndefined();
  expect(lastRuns({ r: run }).size).toBe(0);
});

describe('putChanges', () => {
  const event = (seq: number, text: string): RunEvent => ({
    seq,
    runId: 'r1',
    at: 0,
    state: null,
    text,
  });
  const none = {
    ...{ projects: [], jobs: [], versions: [], runs: [], runEvents: [], steps: [] },
    sweeps: [],
    queues: [],
    removed: { runs: [], jobs: [], sweeps: [], queues: [] },
  };

  it('shows runs with the name of their job, and in the bin with it', () => {
    const job = makeJob({ id: 'j', name: 'a' });
    const rows = [
      makeRun({ id: 'r', name: 'a-1' }, job),
      makeRun({ id: 's', name: 'a-2', binnedAt: 1 }, job),
    ];
    const have = { ...noEntities, ...putChanges(noEntities, { ...none, jobs: [job], runs: rows }) };
    const binned = {
      ...have,
      ...putChanges(have, { ...none, jobs: [{ ...job, name: 'b', binnedAt: 2 }] }),
    };
    expect(Object.values(binned.runs).map((run) => [run.jobName, run.binnedAt])).toEqual([
      ['b', 2],
      ['b', 1],
    ]);
    const again = putChanges(binned, { ...none, jobs: [job] });
    expect(again.runs).toEqual(have.runs);
    expect(putChanges(have, { ...none, jobs: [{ ...job, runCount: 3 }] }).runs).toBe(have.runs);
  });

  it('drops what was deleted for good, and the versions of a job with it', () => {
    const version = makeVersion(makeJob({ id: '1', name: 'a' }), 0);
    const rows = {
      jobs: [makeJob({ id: '1', name: 'a' }), makeJob({ id: '2', name: 'b' })],
      versions: [version],
    };
    const have = { ...noEntities, ...putChanges(noEntities, { ...none, ...rows }) };
    const removed = { runs: [], jobs: ['1'], sweeps: [], queues: [] };
    const next = putChanges(have, { ...none, removed });
    expect(Object.keys(next.jobs ?? {})).toEqual(['2']);
    expect(next.versions).toEqual({});
    expect(next.runs).toBe(have.runs);
  });

  it('replaces rows by id and keeps the others as they are', () => {
    const first = putChanges(noEntities, { ...none, jobs: [makeJob({ id: '1', name: 'a' })] });
    const have = { ...noEntities, ...first };
    const next = putChanges(have, { ...none, jobs: [makeJob({ id: '1', name: 'b' })] });
    expect(next.jobs?.['1']?.name).toBe('b');
    expect(next.runs).toBe(have.runs);
  });

  it('keeps a timeline in order, each event once', () => {
    const first = putChanges(noEntities, { ...none, runEvents: [event(2, 'b'), event(1, 'a')] });
    const next = putChanges(
      { ...noEntities, ...first },
      { ...none, runEvents: [event(3, 'c'), event(2, 'b')] },
    );
    expect(next.events?.['r1']?.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  });
});

describe('routes', () => {
  const start: History = { back: [], at: HOME, forward: [] };

  it('goes back and forward, and a new place ends the forward way', () => {
    const job = goTo(start, { page: 'job', jobId: '1', tab: 'runs' });
    const run = goTo(job, { page: 'run', runId: 'r', tab: 'log' });
    expect(goBack(run).at).toEqual(job.at);
    expect(goForward(goBack(run))).toEqual(run);
    expect(goTo(goBack(run), { page: 'engine' }).forward).toEqual([]);
    expect(goBack(start)).toBe(start);
  });

  it('does not count tabs of one subject as places', () => {
    const log = goTo(start, { page: 'run', runId: 'r', tab: 'log' });
    expect(
      goTo(goTo(log, { page: 'sweep', sweepId: 'a' }), { page: 'sweep', sweepId: 'b' }).back,
    ).toHaveLength(3);
    const build = goTo(log, { page: 'run', runId: 'r', tab: 'build' });
    expect(goBack(build).at).toEqual(HOME);
  });

  it.each([
    [{ page: 'jobs', extra: 1 }, { page: 'jobs' }],
    [
      { page: 'run', runId: 'r', tab: 'gone' },
      { page: 'run', runId: 'r', tab: 'log' },
    ],
    [
      { page: 'job', jobId: 'j', tab: 'details' },
      { page: 'job', jobId: 'j', tab: 'details' },
    ],
    [
      { page: 'sweep', sweepId: 's', tab: 'log' },
      { page: 'sweep', sweepId: 's' },
    ],
    [{ page: 'sweep' }, null],
    [{ page: 'run' }, null],
    [{ page: 'removed-page' }, null],
    ['jobs', null],
    [null, null],
  ])('reads a stored route %j', (stored, route) => expect(readRoute(stored)).toEqual(route));
});
