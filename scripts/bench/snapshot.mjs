/** Snapshots of a folder of 4,400 files: the first one, and one where nothing has changed. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { openSnapshots } from '../../src/core/snapshots/open-snapshots.ts';
import { workerFile } from './core.mjs';
import { program } from './programs.mjs';
import { ratioResult } from './results.mjs';
import { rounds } from './rounds.mjs';
import { writeTree } from './tree.mjs';

const TREE = { files: 4400, bytes: 48_000_000, seed: 2 };
/** A time stamp that is younger than this is not trusted, and the file is read again. */
const SETTLED_MS = 2100;

/** @param {import('./run.mjs').Bench} bench */
export async function measure({ workplace, add, quick, signal }) {
  const folder = workplace.folder('tree');
  writeTree(folder, TREE);
  await sleep(SETTLED_MS);
  await measureCold({ workplace, add, folder, signal, count: quick ? 2 : 9 });
  await measureWarm({ workplace, add, folder, signal, count: quick ? 5 : 25 });
}

async function measureCold({ workplace, add, folder, signal, count }) {
  const repository = join(workplace.folder('git'), 'repository');
  let fresh;
  const times = await rounds(
    {
      ours: () => freeze(fresh.snapshots, folder, signal),
      tar: () => program('sh', ['-c', 'tar c -C "$1" . | sha256sum', 'sh', folder]),
      git: () => addToGit(repository, folder),
    },
    {
      count,
      signal,
      before: async (name) => {
        await fresh?.close();
        fresh = name === 'ours' ? await freshSnapshots(workplace, folder, signal) : undefined;
        rmSync(repository, { recursive: true, force: true });
        // What the one before left to be written must not be paid for by the next one.
        await program('sync', []);
      },
    },
  );
  await fresh?.close();
  const { ours, tar, git } = times;
  add(ratioResult('cold', { ours, rival: tar, against: 'tar c . | sha256sum', atMost: 1.25 }));
  add(ratioResult('cold', { ours, rival: git, against: 'git init && git add -A', atMost: 0.3 }));
}

/** An empty database after the preview of the folder, which comes before the snapshot in the window. */
async function freshSnapshots(workplace, folder, signal) {
  const data = workplace.folder('cold');
  const snapshots = openSnapshots({ file: join(data, 'snapshots.db'), workerFile });
  await snapshots.preview(folder, { includeSecrets: [] }, { signal });
  const close = async () => {
    await snapshots.close();
    rmSync(data, { recursive: true });
  };
  return { snapshots, close };
}

async function freeze(snapshots, folder, signal) {
  const frozen = await snapshots.freeze(folder, { includeSecrets: [] }, { signal });
  if (frozen.files !== TREE.files) throw new Error(`${frozen.files} files were frozen`);
}

/** With no settings of the person's own, and the repository outside the folder. */
async function addToGit(repository, folder) {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  await program('git', ['init', '--quiet', '--bare', repository], { env });
  const where = [`--git-dir=${repository}`, `--work-tree=${folder}`];
  await program('git', [...where, 'add', '-A'], { env });
}

async function measureWarm({ workplace, add, folder, signal, count }) {
  const file = join(workplace.folder('warm'), 'snapshots.db');
  const snapshots = openSnapshots({ file, workerFile });
  const walker = new Worker(new URL('./walk-worker.mjs', import.meta.url));
  try {
    await freeze(snapshots, folder, signal);
    const times = await rounds(
      {
        ours: () => freeze(snapshots, folder, signal),
        walk: () => walk(walker, folder),
        find: () => program('find', [folder, '-type', 'f', '-printf', '%P %s %T@ %i\\n']),
      },
      { count, signal },
    );
    const { ours, walk: bare, find } = times;
    const against = 'readdir and lstat on a worker thread';
    add(ratioResult('nothing changed', { ours, rival: bare, against, atMost: 1.1 }));
    add(ratioResult('nothing changed', { ours, rival: find, against: 'find -printf' }));
  } finally {
    await walker.terminate();
    await snapshots.close();
  }
}

async function walk(walker, folder) {
  walker.postMessage(folder);
  await once(walker, 'message');
}
