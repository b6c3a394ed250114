import { constants, createWriteStream } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkCancelled } from '../../scope.ts';
import type { CollectedOutput } from '../engine.ts';
import {
  collectEach,
  NOT_PLAIN,
  NOTHING_THERE,
  outputPlace,
  type Copied,
  type CopyBudget,
  type OutputPlace,
} from '../outputs.ts';
import { trackedDir, type Attempt } from './attempt-store.ts';

const OUTSIDE =
  'It is outside of the folder of the run, where only files of a container are kept from.';

/** Whatever a name has become since it was looked at: no link is followed, and no pipe waited for. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

interface Copy {
  copied: Copied;
  budget: CopyBudget;
  signal: AbortSignal;
}

/** See `Engine.collectOutputs`: what is below the code, or where the program keeps its run folders. */
export function collectOutputs(
  attempt: Attempt,
  paths: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<CollectedOutput[]> {
  const roots = [join(attempt.folder, 'code'), trackedDir(attempt.folder)];
  const copy = (place: OutputPlace, budget: CopyBudget): Promise<Copied | string> =>
    copyOut(roots, place, budget, signal);
  return collectEach(paths, (path) => outputPlace(attempt.code, path, folder), copy);
}

async function copyOut(
  roots: readonly string[],
  { source, target }: OutputPlace,
  budget: CopyBudget,
  signal: AbortSignal,
): Promise<Copied | string> {
  if (!roots.some((root) => isIn(source, root))) return OUTSIDE;
  const facts = await lstat(source).catch(() => null);
  if (facts === null) return NOTHING_THERE;
  if (!facts.isFile() && !facts.isDirectory()) return NOT_PLAIN;
  // A link among the folders above may lead anywhere.
  const real = await realpath(source);
  const allowed = await Promise.all(roots.map(async (root) => isIn(real, await realpath(root))));
  if (!allowed.includes(true)) return OUTSIDE;
  const copied: Copied = { files: 0, bytes: 0, leftOut: 0, stopped: false };
  await copyEntry(real, target, { copied, budget, signal });
  return copied;
}

const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}${sep}`);

async function copyEntry(source: string, target: string, copy: Copy): Promise<void> {
  checkCancelled(copy.signal, 'Collecting the outputs');
  const facts = await lstat(source);
  if (facts.isDirectory()) return copyFolder(source, target, copy);
  if (facts.isFile()) return copyFile(source, target, copy);
  copy.copied.leftOut += 1;
}

async function copyFolder(source: string, target: string, copy: Copy): Promise<void> {
  copy.copied.stopped = !copy.budget.take(0);
  if (copy.copied.stopped) return;
  await mkdir(target, { recursive: true, mode: 0o700 });
  for (const name of await readdir(source)) {
    await copyEntry(join(source, name), join(target, name), copy);
    if (copy.copied.stopped) return;
  }
}

async function copyFile(source: string, target: string, copy: Copy): Promise<void> {
  const { copied, budget, signal } = copy;
  const file = await open(source, READ);
  try {
    const { size } = await file.stat();
    copied.stopped = !budget.take(size);
    if (copied.stopped) return;
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    // No more than was counted, should it still grow.
    const bytes = file.createReadStream({ autoClose: false, end: Math.max(0, size - 1) });
    const made = createWriteStream(target, { flags: 'wx', mode: 0o600 });
    await pipeline(bytes, made, { signal });
    copied.files += 1;
    copied.bytes += size;
  } finally {
    await file.close();
  }
}
