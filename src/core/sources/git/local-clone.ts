import { lstat, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { readSmallText } from '../../regular-file.ts';
import { lastValue, readGitConfig } from './git-config.ts';
import { parseGitAddress } from './git-url.ts';

const MAX_BYTES = 65_536;
const MAX_PACKED_REFS = 2 ** 24;

/** What the folder of a clone says of itself, read without git: its settings could start programs. */
export interface LocalClone {
  /** The top folder of the working tree. */
  root: string;
  /** The folder that was asked about, from the root; empty for the root. */
  inside: string;
  /** The branch that is checked out; null when it is none. */
  branch: string | null;
  /** 40 hex digits; null before the first commit. */
  commit: string | null;
  /** The address of `origin` without login; null when there is none that could be used. */
  origin: string | null;
}

/** Whether a folder is itself a repository without a working tree. */
export const isBareRepository = async (folder: string): Promise<boolean> =>
  (await isRepository(folder)) &&
  (await lstat(join(folder, 'objects')).catch(() => null))?.isDirectory() === true;

/** Looks for the clone a folder lies in. Null when it lies in none. */
export async function readLocalClone(folder: string): Promise<LocalClone | null> {
  const start = await realpath(folder).catch(() => null);
  if (start === null) return null;
  for (let root = start; ; root = dirname(root)) {
    const gitDir = await gitDirOf(root);
    if (gitDir !== null) return readClone(root, relative(root, start), gitDir);
    if (root === dirname(root)) return null;
  }
}

/** The repository of a working tree: `.git`, or where a `.git` file (of a worktree) says it is. */
async function gitDirOf(root: string): Promise<string | null> {
  const path = join(root, '.git');
  const stat = await lstat(path).catch(() => null);
  if (stat?.isDirectory()) return (await isRepository(path)) ? path : null;
  if (!stat?.isFile()) return null;
  const target = /^gitdir: ([^\n\0]+)\n?$/.exec((await readSmallText(path, MAX_BYTES)) ?? '')?.[1];
  if (target === undefined) return null;
  const gitDir = resolve(root, target);
  return (await isRepository(gitDir)) ? gitDir : null;
}

const isRepository = async (gitDir: string): Promise<boolean> =>
  (await readSmallText(join(gitDir, 'HEAD'), MAX_BYTES)) !== null;

async function readClone(root: string, inside: string, gitDir: string): Promise<LocalClone> {
  const shared = (await readSmallText(join(gitDir, 'commondir'), MAX_BYTES))?.trim();
  const common = shared === undefined ? gitDir : resolve(gitDir, shared);
  const head = ((await readSmallText(join(gitDir, 'HEAD'), MAX_BYTES)) ?? '').trim();
  const ref = /^ref: (refs\/[^\0\n]+)$/.exec(head)?.[1] ?? null;
  if (ref === 'refs/heads/.invalid') throw unsupported(root);
  return {
    root,
    inside,
    branch: ref?.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null,
    commit: ref === null ? asCommit(head) : await readRef(gitDir, common, ref),
    origin: await originOf(common),
  };
}

const asCommit = (text: string): string | null => (/^[0-9a-f]{40}$/.test(text) ? text : null);

async function readRef(gitDir: string, common: string, ref: string): Promise<string | null> {
  if (ref.split('/').includes('..')) return null;
  for (const folder of new Set([gitDir, common])) {
    const commit = asCommit(((await readSmallText(join(folder, ref), MAX_BYTES)) ?? '').trim());
    if (commit !== null) return commit;
  }
  const packed = (await readSmallText(join(common, 'packed-refs'), MAX_PACKED_REFS)) ?? '';
  const line = packed.split('\n').find((text) => text.slice(41) === ref);
  return line === undefined ? null : asCommit(line.slice(0, 40));
}

async function originOf(common: string): Promise<string | null> {
  const text = await readSmallText(join(common, 'config'), MAX_BYTES);
  const url = text === null ? null : lastValue(readGitConfig(text), 'remote', 'origin', 'url');
  if (url === null) return null;
  try {
    const { kind, remote } = parseGitAddress(url);
    return kind === 'local' ? resolve(dirname(common), remote) : remote;
  } catch {
    return null;
  }
}

const unsupported = (root: string): AppError =>
  new AppError('E_GIT', `The clone ${root} keeps its refs in a format that is not supported.`, {
    next: 'Take it as a plain folder, or give the address of its remote.',
  });
