/** The real core on a data folder of the bench's own, with marks at the two moments that matter. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCore } from '../../src/core/create-core.ts';
import { inRoot } from '../lib/paths.mjs';

export const workerFile = new URL('../../src/core/snapshots/worker.ts', import.meta.url);

/** @param {import('./workplace.mjs').Workplace} workplace */
export function openCore(workplace, name = 'data') {
  const core = createCore({
    dataDir: workplace.folder(name),
    workers: {
      snapshots: workerFile,
      runReader: new URL('../../src/core/imports/read-worker.ts', import.meta.url),
      runList: new URL('../../src/core/run-list/list-worker.ts', import.meta.url),
      logSearch: new URL('../../src/core/logs/search/search-worker.ts', import.meta.url),
      care: new URL('../../src/core/host/care-worker.ts', import.meta.url),
    },
    resources: inRoot('resources'),
  });
  workplace.defer(() => core.close());
  core.settings.save(benchSettings(core.settings.get()));
  return core;
}

/** The image may be named by a person who has another one at hand. */
export function benchSettings(settings) {
  const baseImage = process.env.SLIPWAY_BENCH_BASE_IMAGE ?? process.env.SLIPWAY_TEST_BASE_IMAGE;
  return baseImage ? { ...settings, engine: 'docker', baseImage } : settings;
}

/** Makes a job of a folder that holds these files. */
export async function createJob(core, folder, { files, name, entryPoint, signal }) {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const source = { kind: 'folder', folder };
  const request = { source, name, project: 'bench', entryPoint };
  const { job } = await core.maker.make(request, { signal });
  return job;
}

/**
 * Launches runs and takes their times, in ms since the call: `asked` when the start request is about
 * to be sent (its mark is in the database), `ended` when the end is in the database.
 */
export function createLauncher(core, workplace, signal) {
  const { runs } = core.repos;
  const moments = { asked: 0, ended: 0 };
  const { mark, end } = { mark: runs.mark.bind(runs), end: runs.end.bind(runs) };
  runs.mark = (attempt, marks) => {
    mark(attempt, marks);
    if (marks.startRequestedAt !== undefined) moments.asked = performance.now();
  };
  runs.end = (...args) => {
    const ended = end(...args);
    moments.ended = performance.now();
    return ended;
  };
  return async (job) => {
    const started = performance.now();
    const launched = await core.runs.launch({ jobId: job.id }, { signal });
    // Until it is removed as well, so that nothing of it disturbs what is measured next.
    await core.runs.attended(launched.run.id);
    const run = core.runs.get(launched.run.id);
    if (run.environment) workplace.removeImage(run.environment.name);
    if (run.state !== 'finished') throw new Error(`the run ${run.state}: ${run.reason?.text}`);
    return { run, asked: moments.asked - started, ended: moments.ended - started };
  };
}
