/** A thousand cells from the request to queued runs that everybody has been told of. */
import { createJob, openCore } from './core.mjs';
import { endPulse, installPulse, readPulse } from './pulse.mjs';
import { timeResult } from './results.mjs';
import { median, percentile, rounds } from './rounds.mjs';

const CELLS = 1000;
const LIMIT_MS = 1000;
const BLOCK_MS = 50;

const PROGRAM = `import argparse

parser = argparse.ArgumentParser()
parser.add_argument('--lr', type=float, default=0.001)
parser.add_argument('--layers', type=int, default=2)
parser.add_argument('--optimizer', choices=['adam', 'sgd'], default='adam')
parser.add_argument('--data', required=True)
args = parser.parse_args()
`;

const SETTINGS = {
  ...{ cpus: 1, memoryBytes: 2 ** 30, shmBytes: null, pids: null, gpus: null },
  ...{ timeLimitSeconds: 3600, network: true, mounts: [], user: null, labels: {} },
  retry: { on: ['failed'], times: 1, waitSeconds: 1 },
  ...{ skipIdentical: false, outputs: [], metricPatterns: [] },
};

const REQUEST = {
  engine: 'docker',
  concurrency: 4,
  spec: {
    ...{ values: { data: '/data' }, config: { team: 'bench' }, args: [], files: {}, env: {} },
    secrets: [],
    settings: SETTINGS,
  },
  plan: {
    method: 'grid',
    count: null,
    seed: 0,
    axes: [
      { kind: 'range', input: 'lr', from: 0.001, to: 0.05, step: 0.001 },
      { kind: 'range', input: 'layers', from: 1, to: 10, step: 1 },
      { kind: 'list', input: 'optimizer', values: ['adam', 'sgd'] },
    ],
  },
};

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  const core = openCore(workplace);
  const folder = workplace.folder('job');
  const files = { 'train.py': PROGRAM };
  const job = await createJob(core, folder, {
    ...{ files, name: 'train', entryPoint: 'python train.py', signal },
  });
  const [version] = core.repos.jobs.versions(job.id);
  const pulses = [];
  installPulse();
  workplace.defer(endPulse);
  const times = await rounds(
    {
      enqueued: async () => {
        readPulse();
        const told = toldOf(core, CELLS);
        const started = performance.now();
        await core.sweeps.start({ ...REQUEST, versionId: version.id }, { signal });
        const ms = performance.now() - started;
        await told;
        pulses.push(readPulse());
        return ms;
      },
      preview: async () => {
        const { cells, problems } = await core.sweeps.plan({ ...REQUEST, versionId: version.id });
        if (cells !== CELLS || problems.length > 0) throw new Error(`${cells} cells`);
      },
    },
    { count: quick ? 3 : 11, signal, before: () => stopAll(core) },
  );
  stopAll(core);
  // The round that does not count.
  pulses.shift();
  add(enqueuedResult(times.enqueued));
  add(timeResult('preview of them', { ours: median(times.preview) }));
  add(blockResult(pulses));
}

/** Resolves when so many new runs have been told by the change feed. */
function toldOf(core, count) {
  return new Promise((resolve) => {
    let seen = 0;
    const forget = core.feed.on(({ runs }) => {
      seen += runs.length;
      if (seen < count) return;
      forget();
      resolve();
    });
  });
}

function stopAll(core) {
  for (const { id, states } of core.repos.sweeps.list({})) {
    if (states.queued) core.sweeps.stop(id);
  }
}

function enqueuedResult(times) {
  const note = `p95 ${Math.round(percentile(times, 0.95))} ms, n = ${times.length}`;
  return timeResult(`${CELLS} cells enqueued`, { ours: median(times), atMost: LIMIT_MS, note });
}

function blockResult(pulses) {
  const longest = pulses.map((pulse) => pulse.longest).reduce((a, b) => (b.late > a.late ? b : a));
  const { late, ran, waited } = longest;
  const note = `on a CPU ${ran.toFixed(1)} ms, waited for one ${waited.toFixed(1)} ms`;
  return timeResult('longest block meanwhile', { ours: late, atMost: BLOCK_MS, note });
}
