import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUN_SETTINGS, EMPTY_SPEC } from '../../shared/domain/launch-spec.ts';
import { AppError } from '../../shared/errors.ts';
import { systemClock } from '../clock.ts';
import { testDatabase, testVersion } from '../db/testing.ts';
import type { Engine } from '../engines/engine.ts';
import { RunOutputs } from './run-outputs.ts';

const never = new AbortController().signal;

/** An ended run that was asked for some outputs, on an engine whose answer can be told. */
function endedRun(outputs: string[]) {
  const { repos, folder } = testDatabase();
  const project = repos.projects.ensure('mine', 1);
  const job = { projectId: project.id, name: 'job', folder: null };
  const { version } = repos.jobs.addVersion(job, testVersion('d'), 1);
  const ids = { projectId: project.id, jobId: version.jobId, versionId: version.id };
  const run = repos.runs.create(
    { ...ids, name: null, engine: 'process', entryPoint: [], rewrite: false, executor: null },
    1,
  );
  const settings = { ...DEFAULT_RUN_SETTINGS, outputs };
  repos.specs.of = () =>
    ({ spec: { ...EMPTY_SPEC, settings } }) as ReturnType<typeof repos.specs.of>;
  const engine = {
    text: 'one',
    failure: null as Error | null,
    asked: 0,
    async collectOutputs(_ref: string, paths: string[], into: string) {
      engine.asked++;
      mkdirSync(into);
      writeFileSync(join(into, 'model.bin'), engine.text);
      if (engine.failure) throw engine.failure;
      return paths.map((path) => ({
        path,
        files: path === 'missing' ? 0 : 1,
        bytes: 3,
        problem: path === 'missing' ? 'There is no such file.' : null,
      }));
    },
  };
  const results = new RunOutputs({ repos, clock: systemClock, folder: join(folder, 'outputs') });
  const take = (signal = never) => results.take(run, engine as unknown as Engine, 'ref', signal);
  const notes = () =>
    repos.runs
      .events(run.id)
      .slice(1)
      .map(({ text }) => text);
  const kept = () => readFileSync(join(results.folderOf(run.id), 'model.bin'), 'utf8');
  return { run, engine, results, take, notes, kept };
}

describe('RunOutputs', () => {
  it('keeps what a run was asked to leave behind, and tells what is missing', async () => {
    const { run, results, take, notes, kept } = endedRun(['model.bin', 'missing']);
    await take();
    expect(kept()).toBe('one');
    expect(results.of(run.id)).toMatchObject([
      { path: 'model.bin', files: 1, problem: null },
      { path: 'missing', files: 0 },
    ]);
    expect(notes()).toEqual(['The output missing was not kept: There is no such file.']);
  });

  it('asks for nothing where nothing was asked for', async () => {
    const { run, engine, results, take } = endedRun([]);
    await take();
    expect(engine.asked).toBe(0);
    expect(results.of(run.id)).toEqual([]);
    expect(() => results.folderOf(run.id)).toThrow(
      expect.objectContaining({ code: 'E_NOT_FOUND' }),
    );
  });

  it('takes all of it again, and keeps what it has when that fails', async () => {
    const { engine, take, notes, kept } = endedRun(['model.bin']);
    await take();
    engine.text = 'two';
    await take();
    expect(kept()).toBe('two');
    engine.text = 'half';
    engine.failure = new AppError('E_DISK_FULL', 'The disk is full.');
    await take();
    expect(kept()).toBe('two');
    expect(notes()).toEqual(['Its outputs were not kept: The disk is full.']);
  });

  it('leaves nothing half done when it is cancelled', async () => {
    const { engine, results, run, take } = endedRun(['model.bin']);
    const stop = new AbortController();
    stop.abort();
    engine.failure = new AppError('E_CANCELLED', 'stopped');
    await expect(take(stop.signal)).rejects.toMatchObject({ code: 'E_CANCELLED' });
    expect(results.of(run.id)).toEqual([]);
    expect(existsSync(join(`${run.id}.part`))).toBe(false);
  });
});
