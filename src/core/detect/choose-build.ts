import { posix } from 'node:path';
import type { BuildPlan } from '../../shared/domain/job.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { AppError } from '../../shared/errors.ts';
import type { ReadText } from './read-text.ts';
import { scriptOf } from './runners.ts';
import { resolveIn } from './tree-path.ts';

/** What the SDK's own launcher looks for beside the entry file. */
const BESIDE = 'Dockerfile.wandb';
const DOCKERFILE_BYTES = 1 << 20;
const OFFERS = 5;

export interface ChosenBuild {
  build: BuildPlan;
  /** As it was given, or with the script's path from the new context; null as it was given. */
  entryPoint: string[] | null;
  notes: string[];
}

/**
 * Which folder is built, and with which Dockerfile: the one that is asked for, relative to the build
 * context; else `Dockerfile.wandb` beside the entry file, whose folder then is the context (so does
 * `wandb launch`, builder/context_manager.py); else the generated one. Paths come back without links.
 * @throws AppError `E_PATH_OUTSIDE`, `E_CONTEXT_...`, `E_DOCKERFILE...`
 */
export async function chooseBuild(
  entries: readonly TreeEntry[],
  readText: ReadText,
  asked: { build: BuildPlan; entryPoint: string[] | null },
): Promise<ChosenBuild> {
  const { build, entryPoint } = asked;
  const context = findContext(entries, build.context);
  if (build.dockerfile !== null) {
    const dockerfile = findDockerfile(entries, context, build.dockerfile);
    await checkText(posix.join(context, dockerfile), readText);
    return { build: { ...build, context, dockerfile }, entryPoint, notes: [] };
  }
  const beside = besideEntry(entries, context, entryPoint);
  if (!beside) return { build: { ...build, context }, entryPoint, notes: [] };
  const dockerfile = findDockerfile(entries, beside.context, BESIDE);
  await checkText(posix.join(beside.context, dockerfile), readText);
  const place = posix.join(beside.context, dockerfile);
  return {
    build: { ...build, context: beside.context, dockerfile },
    entryPoint: beside.entryPoint,
    notes: [`Built with ${place}, which stands beside the entry file; its folder is the context.`],
  };
}

/** The folder that is the build context, without links; empty for the root. */
function findContext(entries: readonly TreeEntry[], asked: string): string {
  const path = resolveIn(entries, '', asked, 'The build context');
  const entry = entries.find((each) => each.path === path);
  if (path !== '' && entry?.kind !== 'directory') throw noContext(entries, asked, entry);
  const top = path === '' ? '' : `${path}/`;
  const holds = entries.some((each) => each.kind !== 'directory' && each.path.startsWith(top));
  if (holds) return path;
  throw new AppError('E_CONTEXT_EMPTY', `The build context ${asked || '.'} holds no files.`, {
    next: 'Choose another folder, and check that no rule leaves its files out of the snapshot.',
  });
}

function noContext(
  entries: readonly TreeEntry[],
  asked: string,
  entry: TreeEntry | undefined,
): AppError {
  const folders = entries.filter(({ kind }) => kind === 'directory').map(({ path }) => path);
  const message = entry
    ? `The build context ${asked} is a file, not a folder.`
    : `The build context ${asked} is not in the snapshot.`;
  return new AppError('E_CONTEXT_NOT_FOUND', message, {
    next: offer(folders, asked) ?? 'Write the path of a folder, from the top of the source.',
  });
}

/** The Dockerfile's path from the context, without links. */
function findDockerfile(entries: readonly TreeEntry[], context: string, asked: string): string {
  const path = resolveIn(entries, context, asked, 'The Dockerfile');
  const entry = entries.find((each) => each.path === path);
  const whole = context === '' ? asked : `${asked} (from ${context})`;
  if (path === context || entry?.kind === 'directory') {
    throw badDockerfile(whole, 'is a folder', 'Name the file itself, such as docker/Dockerfile.');
  }
  if (!entry) throw noDockerfile(entries, context, whole, asked);
  if (entry.size > DOCKERFILE_BYTES) {
    throw badDockerfile(whole, 'is larger than 1 MB', 'Check that it is the file you mean.');
  }
  return context === '' ? path : posix.relative(context, path);
}

const badDockerfile = (path: string, what: string, next: string): AppError =>
  new AppError('E_DOCKERFILE', `The Dockerfile ${path} ${what}.`, { next });

function noDockerfile(
  entries: readonly TreeEntry[],
  context: string,
  whole: string,
  asked: string,
): AppError {
  const names = entries
    .filter(({ kind, path }) => kind !== 'directory' && /dockerfile/i.test(posix.basename(path)))
    .map(({ path }) => posix.relative(context, path))
    .filter((path) => !path.startsWith('../'));
  return new AppError('E_DOCKERFILE_NOT_FOUND', `The Dockerfile ${whole} is not in the snapshot.`, {
    next:
      offer(names, asked) ??
      'Check the path, which starts at the build context, and that no rule leaves the file out.',
  });
}

/** Names with the same last part come first, then the short ones. */
function offer(paths: readonly string[], asked: string): string | null {
  const name = posix.basename(asked).toLowerCase();
  const isFar = (path: string): number => Number(posix.basename(path).toLowerCase() !== name);
  const near = paths.toSorted((a, b) => isFar(a) - isFar(b) || a.length - b.length);
  return near.length > 0 ? `Did you mean: ${near.slice(0, OFFERS).join(', ')}` : null;
}

async function checkText(path: string, readText: ReadText): Promise<void> {
  const text = await readText(path);
  if (text === null || !/\0|^\uFFFD\uFFFD/.test(text)) return;
  throw badDockerfile(path, 'is not plain text', 'Save it as UTF-8.');
}

/** `Dockerfile.wandb` in the folder of the entry file; of the context when nothing is to be started. */
function besideEntry(
  entries: readonly TreeEntry[],
  context: string,
  words: string[] | null,
): { context: string; entryPoint: string[] | null } | null {
  const script = words && scriptOf(words);
  if (script?.kind === 'module' || (words && !script)) return null;
  const from = script ? posix.normalize(script.path) : '';
  if (from.startsWith('../')) return null;
  const folder = posix.join(context, posix.dirname(from)).replace(/^\.$/, '');
  const isFile = (path: string): boolean =>
    entries.some((entry) => entry.path === path && entry.kind !== 'directory');
  if (!isFile(posix.join(folder, BESIDE))) return null;
  if (!words || !script) return { context: folder, entryPoint: words };
  if (!isFile(posix.join(context, from))) return null;
  const own = script.kind === 'program' ? `./${posix.basename(from)}` : posix.basename(from);
  const at = words.indexOf(script.path);
  return { context: folder, entryPoint: words.with(at, own) };
}
