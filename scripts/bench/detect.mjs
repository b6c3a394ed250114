/** What `inspect` tells of a repository of 4,000 files, the first time and again. */
import { join } from 'node:path';
import { Inspector } from '../../src/core/jobs/inspector.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/domain/settings.ts';
import { openSnapshots } from '../../src/core/snapshots/open-snapshots.ts';
import { workerFile } from './core.mjs';
import { program } from './programs.mjs';
import { writePythonTree } from './python-tree.mjs';
import { timeResult } from './results.mjs';
import { median, percentile, rounds } from './rounds.mjs';

const TREE = { files: 4000, seed: 4 };
const LIMIT_MS = 1000;

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  const folder = workplace.folder('repository');
  writePythonTree(folder, TREE);
  let cold;
  let number = 0;
  const open = () => openInspector(workplace, `data-${number++}`);
  const warm = await open();
  workplace.defer(() => warm.close());
  const times = await rounds(
    {
      cold: () => inspect(cold.inspector, folder, signal),
      warm: () => inspect(warm.inspector, folder, signal),
      find: () => program('find', [folder, '-type', 'f', '-printf', '%P %s\\n']),
    },
    {
      count: quick ? 3 : 11,
      signal,
      before: async (name) => {
        await cold?.close();
        cold = name === 'cold' ? await open() : undefined;
      },
    },
  );
  const rival = { rival: median(times.find), against: 'find -printf' };
  for (const [name, what] of Object.entries(WAYS)) {
    const note = `p95 ${Math.round(percentile(times[name], 0.95))} ms, n = ${times[name].length}`;
    add(timeResult(what, { ours: median(times[name]), atMost: LIMIT_MS, ...rival, note }));
  }
}

const WAYS = {
  cold: `inspect ${TREE.files} files, the first thing a worker does`,
  warm: `inspect ${TREE.files} files again`,
};

/** On a data folder of its own, with a worker that is there. */
async function openInspector(workplace, name) {
  const file = join(workplace.folder(name), 'snapshots.db');
  const snapshots = openSnapshots({ file, workerFile });
  await snapshots.gitTree('nothing');
  const inspector = new Inspector({ snapshots, git: null, settings: () => DEFAULT_SETTINGS });
  return { inspector, close: () => snapshots.close() };
}

async function inspect(inspector, folder, signal) {
  const source = { kind: 'folder', folder };
  const { detection, environment } = await inspector.inspect({ source }, { signal });
  const { parameters, entryPoints } = detection;
  if (parameters.length >= 31 && entryPoints.length > 0 && environment) return;
  throw new Error(`${parameters.length} parameters were found`);
}
