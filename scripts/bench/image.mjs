/** How soon the engine says that the image of an unchanged snapshot is there. */
import { systemClock } from '../../src/core/clock.ts';
import { createDockerEngine } from '../../src/core/engines/docker/create-docker-engine.ts';
import { codeOf } from '../../src/core/launch/code-of.ts';
import { createJob, openCore } from './core.mjs';
import { docker } from './programs.mjs';
import { timeResult } from './results.mjs';
import { median, percentile, rounds } from './rounds.mjs';
import { writeTree } from './tree.mjs';

const NO_STEPS = { begin() {}, output() {}, end() {} };

/** @param {import('./run.mjs').Bench} bench */
export async function measureImage({ workplace, add, quick, signal }) {
  const core = openCore(workplace);
  const folder = workplace.folder('job');
  writeTree(folder, { files: 400, bytes: 4_000_000, seed: 5 });
  const files = { 'main.py': '' };
  const job = await createJob(core, folder, { files, name: 'same', entryPoint: 'true', signal });
  const engine = createDockerEngine({
    ...{ snapshots: core.snapshots, instanceId: 'bench', clock: systemClock },
  });
  const request = {
    ...{ runId: 'bench', jobId: job.id, rewrite: false, settings: core.settings.get() },
    code: codeOf(core.repos.jobs.latestVersion(job.id)),
  };
  const { name } = await engine.prepare(request, NO_STEPS, signal);
  workplace.removeImage(name);
  const times = await rounds(
    {
      ours: async () => {
        const { because } = await engine.prepare(request, NO_STEPS, signal);
        if (because !== 'unchanged') throw new Error(`it was built again: ${because}`);
      },
      rival: () => docker('image', 'inspect', name),
    },
    { count: quick ? 5 : 40, signal },
  );
  add(
    timeResult('image of an unchanged snapshot is there', {
      ours: median(times.ours),
      atMost: 5,
      rival: median(times.rival),
      against: 'docker image inspect',
      note: `p95 ${percentile(times.ours, 0.95).toFixed(1)} ms`,
    }),
  );
}
