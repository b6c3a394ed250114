import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { testDatabase, testVersion } from '../db/testing.ts';
import type { Engine } from '../engines/engine.ts';
import { item, record } from '../tracked/testing/records.ts';
import { writeFiles } from '../tracked/testing/run-folder.ts';
import { wandbBytes } from '../tracked/testing/write-wandb.ts';
import { readRunFolder } from '../tracked/read-run-folder.ts';
import { OwnResults } from './own-results.ts';
import type { ReadSession } from './read-session.ts';

const never = new AbortController().signal;

/** An ended run on an engine that holds what it tracked, and gives it away once. */
function endedRun() {
  const { repos, folder } = testDatabase();
  const held = join(folder, 'held');
  const tracked = (lr: string) =>
    writeFiles(join(held, 'offline-run-20250131_120000-abc'), {
      'run-abc.wandb': wandbBytes([record.config([item('lr', lr)]), record.exit(0, 1)]),
    });
  tracked('0.5');
  const engine = {
    collect: async (_ref: string, target: string) => {
      if (!existsSync(held)) return false;
      mkdirSync(dirname(target), { recursive: true });
      renameSync(held, target);
      return true;
    },
  } as unknown as Engine;
  const session = {
    read: ({ folder: at }, signal) => readRunFolder(at, signal),
    close: async () => undefined,
  } as Pick<ReadSession, 'read' | 'close'>;
  const runs = join(folder, 'runs');
  const openSession = () => session as ReadSession;
  const results = new OwnResults({ repos, clock: systemClock, folder: runs, openSession });
  const project = repos.projects.ensure('mine', 1);
  const job = { projectId: project.id, name: 'job', folder: null };
  const { version } = repos.jobs.addVersion(job, testVersion('d'), 1);
  const ids = { projectId: project.id, jobId: version.jobId, versionId: version.id };
  const run = repos.runs.create(
    { ...ids, name: null, engine: 'process', entryPoint: [], rewrite: false, executor: null },
    1,
  );
  const take = (masks: readonly Buffer[] | null = []) =>
    results.take(run, engine, 'ref', masks, never);
  return { repos, run, runs, held, tracked, session, take };
}

describe('what a run tracked', () => {
  it('is the results of the run, and the shapes of its version', async () => {
    const { repos, run, take } = endedRun();
    await take();
    expect(repos.runs.get(run.id)).toMatchObject({ config: { lr: 0.5 } });
    expect(repos.jobs.version(run.versionId)?.types).toMatchObject({
      inputs: { wb_type: 'typedDict' },
    });
  });

  it('is stored with the secrets of the run masked', async () => {
    const { repos, run, session, take } = endedRun();
    const read = session.read;
    const asked: unknown[] = [];
    session.read = async (request, signal) => {
      asked.push(request.masks);
      const found = await read(request, signal);
      return { ...found, config: { 'a hunter2': 'x hunter2' }, summary: { b: ['hunter2'] } };
    };
    await take([Buffer.from('hunter2')]);
    expect(repos.runs.get(run.id)).toMatchObject({
      config: { 'a *******': 'x *******' },
      summary: { b: ['*******'] },
    });
    expect(asked).toEqual([['hunter2']]);
  });

  it('is not stored when its secrets are not known any more, and that is told', async () => {
    const { repos, run, runs, take } = endedRun();
    await take(null);
    expect(repos.runs.get(run.id)).toMatchObject({ config: null });
    expect(existsSync(runs)).toBe(false);
    const told = repos.runs.events(run.id).map(({ text }) => text);
    expect(told).toContainEqual(expect.stringContaining('could not be masked'));
  });

  it('is not lost when Slipway ended after it was taken', async () => {
    const { repos, run, held, session, take } = endedRun();
    const read = session.read;
    session.read = () => Promise.reject(new Error('Slipway was killed'));
    await take();
    expect(existsSync(held)).toBe(false);
    session.read = read;
    await take();
    expect(repos.runs.get(run.id)).toMatchObject({ config: { lr: 0.5 } });
  });

  it('is that of the engine while it has some, and leaves nothing else behind', async () => {
    const { repos, run, runs, tracked, take } = endedRun();
    await take();
    tracked('0.25');
    await take();
    expect(repos.runs.get(run.id)).toMatchObject({ config: { lr: 0.25 } });
    expect(readdirSync(runs)).toEqual([run.id]);
  });

  it('may be nothing', async () => {
    const { repos, run, held, take } = endedRun();
    rmSync(held, { recursive: true });
    await take();
    expect(repos.runs.get(run.id)).toMatchObject({ config: null, tracked: null });
    expect(repos.runs.events(run.id)).toHaveLength(1);
  });

  it('is what was seen while it ran, where its file lacks that', async () => {
    const { repos, run, tracked, take } = endedRun();
    const live = { config: { lr: 0.5, seen: 1 }, summary: { loss: 2 }, tracked: null };
    repos.results.set(run.id, live);
    tracked('0.25');
    await take();
    // It has an exit record: nothing is missing.
    expect(repos.runs.get(run.id)).toMatchObject({ config: { lr: 0.25 }, summary: {} });
    expect(repos.runs.get(run.id)?.config).not.toHaveProperty('seen');
  });

  it('is what was seen while it ran when it was killed', async () => {
    const { repos, run, held, take } = endedRun();
    writeFiles(join(held, 'offline-run-20250131_120000-abc'), {
      'run-abc.wandb': wandbBytes([record.config([item('lr', '0.5')])]),
    });
    const live = { config: { seen: 1 }, summary: { loss: 2 }, tracked: null };
    repos.results.set(run.id, live);
    await take();
    expect(repos.runs.get(run.id)).toMatchObject({
      config: { lr: 0.5, seen: 1 },
      summary: { loss: 2 },
    });
  });

  it('teaches the shapes when it left nothing behind', async () => {
    const { repos, run, held, take } = endedRun();
    rmSync(held, { recursive: true });
    repos.results.set(run.id, { config: null, summary: { loss: 2 }, tracked: null });
    await take();
    expect(repos.runs.get(run.id)).toMatchObject({ summary: { loss: 2 }, tracked: null });
    expect(repos.jobs.version(run.versionId)?.types).toMatchObject({
      outputs: { params: { type_map: { loss: { wb_type: 'number' } } } },
    });
  });
});
