import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Changes } from '../../shared/contract/events.ts';
import { createCore, type Core } from '../create-core.ts';
import { testFolder } from '../db/testing.ts';
import { leaveFiles, leftOf, removerParts } from './testing/parts.ts';
import { makeJob, makeRun } from './testing/runs.ts';

const RESOURCES = fileURLToPath(new URL('../../../resources', import.meta.url));

function openCore(dataDir: string): Core {
  const core = createCore({
    dataDir,
    workers: {
      snapshots: new URL('../snapshots/worker.ts', import.meta.url),
      runReader: new URL('../imports/read-worker.ts', import.meta.url),
      runList: new URL('../run-list/list-worker.ts', import.meta.url),
      logSearch: new URL('../logs/search/search-worker.ts', import.meta.url),
      care: new URL('../host/care-worker.ts', import.meta.url),
    },
    resources: RESOURCES,
    dockerHost: 'unix:///none.sock',
  });
  onTestFinished(() => core.close());
  return core;
}

/** A folder with a job of three runs that have ended, one of them in the bin, and what they left behind. */
async function made() {
  const dataDir = join(testFolder(), 'data');
  const core = openCore(dataDir);
  const parts = removerParts(dataDir);
  onTestFinished(() => parts.close());
  const job = makeJob(core.repos);
  const runs = Array.from({ length: 3 }, () => makeRun(core.repos, job));
  for (const { id } of runs) await leaveFiles(parts, dataDir, id);
  return { dataDir, core, parts, job, runs, ids: runs.map(({ id }) => id) };
}

/** All that a feed tells from now on, joined. */
function told(core: Core) {
  const removed: Changes['removed'] = { runs: [], jobs: [], sweeps: [], queues: [] };
  core.feed.on((changes) => {
    removed.runs.push(...changes.removed.runs);
    removed.jobs.push(...changes.removed.jobs);
  });
  return removed;
}

const codeOf = async (action: () => Promise<unknown>): Promise<unknown> =>
  action().then(
    () => 'none',
    (error: { code: unknown }) => error.code,
  );

describe('deleting runs for good', () => {
  it('takes all that is theirs and nothing else, and tells everybody', async () => {
    const { dataDir, core, parts, ids, job } = await made();
    const other = openCore(dataDir);
    const [own, theirs] = [told(core), told(other)];
    const [gone, kept] = [ids[0]!, ids[1]!];
    const retry = makeRun(core.repos, job);
    parts.db.write(() => parts.db.run('UPDATE run SET retry_of = ? WHERE id = ?', gone, retry.id));
    core.bin.binRuns([gone]);

    // A window of the other process shows the log of the run meanwhile.
    const heads: number[] = [];
    onTestFinished(other.logs.watch(gone, 10, ({ lines }) => heads.push(lines)));
    await vi.waitFor(() => expect(heads).toEqual([1]));
    expect(await core.remover.deleteRuns([gone, gone])).toBe(1);

    expect(core.repos.runs.get(gone)).toBeNull();
    expect(leftOf(parts, dataDir, gone)).toEqual([]);
    expect(leftOf(parts, dataDir, kept)).toHaveLength(7);
    expect(core.repos.runs.get(retry.id)).toMatchObject({ retryOf: null });
    expect(core.repos.removals.open('run')).toEqual([]);
    for (const feed of [own, theirs]) await vi.waitFor(() => expect(feed.runs).toEqual([gone]));
    expect(await other.logs.head(gone)).toEqual({ bytes: 0, lines: 0 });
    expect(other.repos.runs.list({ limit: 9 })).toHaveLength(3);
    // A number is not given twice, so that a name always means one run.
    expect(makeRun(core.repos, job).name).toBe('train-5');
  });

  it('is only for what is in the bin: else nothing is deleted', async () => {
    const { dataDir, core, parts, ids } = await made();
    core.bin.binRuns([ids[0]!]);
    expect(await codeOf(() => core.remover.deleteRuns([ids[0]!, ids[1]!]))).toBe('E_STATE');
    expect(await codeOf(() => core.remover.deleteRuns([ids[0]!, 'nobody']))).toBe('E_NOT_FOUND');
    expect(leftOf(parts, dataDir, ids[0]!)).toHaveLength(7);
    expect(core.repos.runs.get(ids[0]!)).not.toBeNull();
  });
});

describe('deleting jobs for good', () => {
  it('takes their runs, versions, aliases, presets and sweeps', async () => {
    const { dataDir, core, parts, ids, job } = await made();
    const { id } = job.job;
    const removed = told(core);
    makeJob(core.repos, 'train');
    core.repos.jobs.setAlias(id, 'best', job.version.id);
    expect(await codeOf(() => core.remover.deleteJobs([id]))).toBe('E_STATE');
    core.bin.binJobs([id]);
    const again = makeJob(core.repos, 'train');
    expect(await core.remover.deleteJobs([id])).toBe(1);
    expect(core.repos.jobs.get(id)).toBeNull();
    expect(core.repos.jobs.version(job.version.id)).toBeNull();
    expect(ids.flatMap((each) => leftOf(parts, dataDir, each))).toEqual([]);
    expect(core.repos.jobs.list().map((each) => each.id)).toEqual([again.job.id]);
    await vi.waitFor(() => expect(removed.jobs).toContain(id));
    expect([...removed.runs].sort()).toEqual([...ids].sort());
  });

  it.each([0, 1, 2, 3, 5])('is finished after a kill before log %i is removed', async (at) => {
    const { dataDir, core, parts, ids, job } = await made();
    core.bin.binJobs([job.job.id]);
    const script = fileURLToPath(new URL('./testing/killed-remover.ts', import.meta.url));
    const child = spawn(process.execPath, [script, dataDir, job.job.id, String(at)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    expect((await once(child, 'close'))[1]).toBe('SIGKILL');
    // From the first moment on it is gone for everybody, though something of it is left.
    expect(core.bin.binnedJobs()).toEqual([]);
    expect(await codeOf(async () => core.bin.restoreJobs([job.job.id]))).toBe('E_NOT_FOUND');
    expect(ids.flatMap((id) => leftOf(parts, dataDir, id)).length).toBeGreaterThan(0);

    await openCore(dataDir).reconcile('settle');
    expect(ids.flatMap((id) => leftOf(parts, dataDir, id))).toEqual([]);
    expect(core.repos.jobs.get(job.job.id)).toBeNull();
    expect(core.repos.removals.open('run')).toEqual([]);
    expect(core.repos.removals.open('job')).toEqual([]);
    expect(existsSync(join(dataDir, 'logs'))).toBe(true);
  });
});
