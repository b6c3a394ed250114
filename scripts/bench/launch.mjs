/** Launch of an unchanged job from its folder: the app's own share, and the whole against `docker run`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createJob, createLauncher, openCore } from './core.mjs';
import { docker } from './programs.mjs';
import { ratioResult, timeResult } from './results.mjs';
import { median, percentile, rounds } from './rounds.mjs';
import { writeTree } from './tree.mjs';

/** A time stamp that is younger than this is not trusted, and the file is read again. */
const SETTLED_MS = 2100;

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  const core = openCore(workplace);
  const folder = workplace.folder('job');
  writeTree(folder, { files: 50, bytes: 200_000, seed: 1 });
  const job = await createJob(core, folder, {
    files: { 'main.py': '' },
    name: 'nothing',
    entryPoint: 'true',
    signal,
  });
  await sleep(SETTLED_MS);
  const launch = createLauncher(core, workplace, signal);
  const { run } = await launch(job);
  const image = run.environment.name;
  const asked = [];
  const times = await rounds(
    {
      ours: async () => {
        const launched = await launch(job);
        asked.push(launched.asked);
        return launched.ended;
      },
      rival: () => docker('run', '--rm', image, 'true'),
    },
    { count: quick ? 3 : 25, signal },
  );
  asked.shift();
  add(
    timeResult('own share, call to start request (p50)', {
      ours: median(asked),
      atMost: 15,
      note: `p95 ${percentile(asked, 0.95).toFixed(1)} ms, 51 files`,
    }),
  );
  add(ratioResult('call to end recorded', { ...times, against: 'docker run --rm', atMost: 1.05 }));
}
