import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError, cancelled } from '../../shared/errors.ts';
import { parseRunFolderName, runIdOfLog } from './run-folder-name.ts';

/** A run's folder, by what can be told without reading its log. */
export interface FoundRun {
  /** Real path of the folder: the identity of the run, since ids may occur twice. */
  folder: string;
  runId: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Size in bytes and time of change of the log: the same again means nothing new. */
  logSize: number;
  logChangedAt: number;
}

/** How deep below the folder runs are looked for, and how many folders are looked into. */
const DEPTH_LIMIT = 5;
const FOLDER_LIMIT = 20_000;
/** What is large and never holds runs. */
const SKIPPED = new Set(['node_modules', '.git', '.venv', 'venv', '__pycache__', 'site-packages']);

/**
 * The run folders (`run-*`, `offline-run-*` with a `run-*.wandb` log) in a folder: itself, a `wandb/`
 * folder, or one that contains some. Newest first. Links are not followed, so `latest-run` counts once.
 * @throws AppError `E_SOURCE_NOT_FOUND` when it is no folder, `E_CANCELLED`
 */
export async function findRunFolders(folder: string, signal: AbortSignal): Promise<FoundRun[]> {
  const found: FoundRun[] = [];
  let level = [await rootFolder(folder)];
  let seen = 0;
  for (let depth = 0; depth <= DEPTH_LIMIT && level.length > 0; depth++) {
    const next: string[] = [];
    for (const path of level) {
      if (signal.aborted) throw cancelled('Looking for runs');
      if (++seen > FOLDER_LIMIT) break;
      const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
      const run = await runIn(path, entries);
      if (run) found.push(run);
      else next.push(...foldersIn(path, entries));
    }
    level = next;
  }
  return found.sort((a, b) => b.startedAt - a.startedAt || (a.folder < b.folder ? 1 : -1));
}

async function rootFolder(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => null);
  if (real !== null && (await stat(real)).isDirectory()) return real;
  throw new AppError('E_SOURCE_NOT_FOUND', `There is no folder "${folder}".`, {
    next: 'Choose a folder that holds runs, such as the wandb folder of a project.',
  });
}

const foldersIn = (path: string, entries: readonly Dirent[]): string[] =>
  entries
    .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name))
    .map(({ name }) => join(path, name));

async function runIn(folder: string, entries: readonly Dirent[]): Promise<FoundRun | null> {
  if (!/^(?:offline-)?run-/.test(basename(folder))) return null;
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const logs = names.filter((name) => runIdOfLog(name) !== null).sort();
  const name = parseRunFolderName(folder);
  const log = logs.find((candidate) => runIdOfLog(candidate) === name?.runId) ?? logs[0];
  if (log === undefined) return null;
  const facts = await stat(join(folder, log)).catch(() => null);
  if (!facts) return null;
  return {
    folder,
    runId: name?.runId ?? runIdOfLog(log) ?? '',
    startedAt: name?.startedAt ?? facts.mtimeMs,
    logSize: facts.size,
    logChangedAt: facts.mtimeMs,
  };
}
