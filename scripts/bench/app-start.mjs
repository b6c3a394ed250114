/** From spawn to the first useful screen, against a page that says hello on the same Electron. */
import { once } from 'node:events';
import { join } from 'node:path';
import { ensureBuild } from '../lib/build.mjs';
import { root } from '../lib/paths.mjs';
import { createJob, openCore } from './core.mjs';
import { openWindow } from './devtools.mjs';
import { ratioResult } from './results.mjs';
import { rounds } from './rounds.mjs';

const JOBS = 20;
const RUNS = 500;
const HELLO = join(import.meta.dirname, 'hello-app');

/** @param {import('./run.mjs').Bench} bench */
export async function measureStart({ workplace, add, quick, signal }) {
  await ensureBuild();
  const data = workplace.folder('start-data');
  await fill(workplace, signal);
  const profile = workplace.folder('hello-profile');
  const times = await rounds(
    {
      ours: () => startAndQuit([root, `--data-dir=${data}`]),
      rival: () => startAndQuit([`--user-data-dir=${profile}`, HELLO]),
    },
    { count: quick ? 3 : 11, signal },
  );
  add(
    ratioResult('start to first useful screen', {
      ...times,
      against: 'a hello-world page on the same Electron',
      atMost: 1.3,
      note: `${JOBS} jobs, ${RUNS} runs`,
    }),
  );
}

/** Resolves to ms from spawn to the painted screen, when the app is gone again. */
async function startAndQuit(args) {
  const window = openWindow(args);
  try {
    return await window.painted;
  } finally {
    const ended = once(window.process, 'exit');
    window.process.kill('SIGTERM');
    await ended;
  }
}

/** A data folder of somebody who has used the app. */
async function fill(workplace, signal) {
  const core = openCore(workplace, 'start-data');
  const folder = workplace.folder('start-job');
  for (let n = 0; n < JOBS; n++) {
    const files = { 'main.py': `print(${n})\n` };
    const entryPoint = 'python main.py';
    const job = await createJob(core, folder, { files, name: `job-${n}`, entryPoint, signal });
    const version = core.repos.jobs.versions(job.id)[0];
    for (let run = 0; run < RUNS / JOBS; run++) addRun(core, job, version);
  }
  await core.close();
}

/** A run that has been. */
function addRun({ repos: { runs } }, job, version) {
  const now = Date.now();
  const { id } = runs.create(
    {
      ...{ projectId: job.projectId, jobId: job.id, versionId: version.id, name: null },
      ...{ engine: 'docker', entryPoint: version.entryPoint, rewrite: false, executor: 'bench' },
    },
    now,
  );
  for (const state of ['preparing', 'starting', 'running']) runs.enter(id, state, state, now);
  const reason = { code: 'exit', text: 'exit code 0', next: null, detail: null };
  const log = { state: 'sealed', reason: null };
  runs.end(id, { state: 'finished', reason, exitCode: 0, log }, now);
}
