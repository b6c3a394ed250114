import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isTerminal,
  RUN_STATES,
  RUN_TRANSITIONS,
  type RunState,
  type TerminalState,
} from '../../shared/domain/run.ts';
import { testDatabase, testVersion } from './testing.ts';

function withJob() {
  const { db, repos } = testDatabase();
  const project = repos.projects.ensure('p', 1);
  const job = { projectId: project.id, name: 'train', folder: '/code' };
  const { version } = repos.jobs.addVersion(job, testVersion('d0'), 2);
  const newRun = () =>
    repos.runs.create(
      {
        projectId: project.id,
        jobId: version.jobId,
        versionId: version.id,
        name: null,
        engine: 'process',
        entryPoint: ['python', 'main.py'],
        rewrite: false,
        executor: 'me',
      },
      3,
    );
  return { db, repos, project, job, version, newRun };
}

const end = (state: TerminalState) => ({
  state,
  reason: { code: 'exit' as const, text: 'exit code 0', next: null, detail: null },
  exitCode: 0,
  log: { state: 'sealed' as const, reason: null },
});

describe('jobs', () => {
  it('numbers versions, moves latest, and makes none for the same content', () => {
    const { repos, job, version } = withJob();
    const second = repos.jobs.addVersion(job, testVersion('d1'), 4);
    const again = repos.jobs.addVersion(job, testVersion('d0'), 5);
    expect(second.version).toMatchObject({ number: 1, aliases: ['latest'] });
    expect(again).toMatchObject({ created: false, version: { id: version.id, aliases: [] } });
    expect(repos.jobs.get(version.jobId)).toMatchObject({ latestVersion: 1 });
  });

  it('moves an alias from one version to another, and tells of both', () => {
    const { db, repos, job, version } = withJob();
    const second = repos.jobs.addVersion({ ...job, aliases: ['best'] }, testVersion('d1'), 4);
    expect(second.version.aliases).toEqual(['best', 'latest']);
    const before = db.write((rev) => rev);
    repos.jobs.setAlias(version.jobId, 'best', version.id);
    const changed = repos.jobs.versionsChangedSince(before);
    expect(changed.map(({ number, aliases }) => [number, aliases])).toEqual([
      [0, ['best']],
      [1, ['latest']],
    ]);
    repos.jobs.removeAlias(version.jobId, 'best');
    expect(repos.jobs.version(version.id)?.aliases).toEqual([]);
  });

  it('keeps a description that a new version says nothing of', () => {
    const { repos, job } = withJob();
    repos.jobs.addVersion({ ...job, description: 'trains' }, testVersion('d1'), 4);
    expect(repos.jobs.addVersion(job, testVersion('d2'), 5).job.description).toBe('trains');
  });
});

describe('runs', () => {
  it('has its attempt and first event from the start', () => {
    const { repos, newRun } = withJob();
    const run = newRun();
    expect(run).toMatchObject({ name: 'train-1', state: 'queued', jobName: 'train' });
    expect(repos.runs.attempt(run.id)).toMatchObject({ id: `${run.id}-1`, ref: null });
    expect(repos.runs.events(run.id).map((event) => event.state)).toEqual(['queued']);
    expect(newRun().name).toBe('train-2');
  });

  it('allows exactly the transitions of the table, from every state', () => {
    const { db, repos, newRun } = withJob();
    for (const from of RUN_STATES) {
      for (const to of RUN_STATES) {
        const { id } = newRun();
        db.write(() => db.run('UPDATE run SET state = ? WHERE id = ?', from, id));
        const changed = isTerminal(to)
          ? repos.runs.end(id, end(to), 9)
          : repos.runs.enter(id, to, to, 9);
        expect([from, to, changed]).toEqual([from, to, RUN_TRANSITIONS[from].includes(to)]);
        expect(repos.runs.get(id)!.state).toBe(changed ? to : from);
      }
    }
  });

  it('never leaves an end, whatever is tried after it', () => {
    const { db, repos, newRun } = withJob();
    const tries = fc.array(fc.constantFrom<RunState>(...RUN_STATES), { maxLength: 6 });
    const ends = fc.constantFrom<TerminalState>('finished', 'failed', 'stopped', 'crashed');
    fc.assert(
      fc.property(ends, tries, (first, states) => {
        const { id } = newRun();
        for (const state of ['preparing', 'starting', 'running'] as const) {
          repos.runs.enter(id, state, state, 8);
        }
        expect(repos.runs.end(id, end(first), 9)).toBe(true);
        const ended = repos.runs.get(id)!.state;
        for (const state of states) {
          if (isTerminal(state)) repos.runs.end(id, end(state), 10);
          else repos.runs.enter(id, state, state, 10);
        }
        expect([ended, repos.runs.get(id)!.state]).toEqual([first, first]);
      }),
      { numRuns: 40 },
    );
    const { id } = newRun();
    repos.runs.end(id, end('failed'), 9);
    expect(() =>
      db.write(() => db.run("UPDATE run SET state = 'running' WHERE id = ?", id)),
    ).toThrow('keeps its state');
  });

  it('is adopted once', () => {
    const { repos, newRun } = withJob();
    const { id } = newRun();
    expect(repos.runs.adopt(id, 'me', 'other')).toBe(true);
    expect(repos.runs.adopt(id, 'me', 'third')).toBe(false);
    expect(repos.runs.held().map((active) => active.executor)).toEqual(['other']);
  });

  it('pages newest first without gaps', () => {
    const { repos, newRun } = withJob();
    const ids = Array.from({ length: 7 }, () => newRun().id).reverse();
    const first = repos.runs.list({ limit: 3 }).map((run) => run.id);
    const second = repos.runs.list({ limit: 9, before: first.at(-1) }).map((run) => run.id);
    expect([...first, ...second]).toEqual(ids);
  });

  it('is found by its name, the newest of several', () => {
    const { db, repos, newRun } = withJob();
    const [first, second, third] = [newRun(), newRun(), newRun()];
    db.write(() => db.run("UPDATE run SET name = 'same' WHERE id <> ?", third.id));
    expect(repos.runs.newestNamed('same')?.id).toBe(second.id);
    expect(repos.runs.newestNamed(first.name)).toBeNull();
  });

  it('counts stop requests until the end', () => {
    const { repos, newRun } = withJob();
    const { id } = newRun();
    expect([repos.runs.requestStop(id, 5), repos.runs.requestStop(id, 6)]).toEqual([1, 2]);
    repos.runs.end(id, end('stopped'), 7);
    expect(repos.runs.requestStop(id, 8)).toBe(0);
    expect(repos.runs.get(id)!.stopRequestedAt).toBe(5);
  });
});
