import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseRunFolderName, runIdOfLog } from './run-folder-name.ts';

/** What a folder holds at first sight. */
export interface HeldRuns {
  /** Run folders in it, or in the `wandb` folder in it; 1 for a run folder itself. */
  runs: number;
  /** There is nothing else in it: no code that could become a job. */
  only: boolean;
}

const NONE: HeldRuns = { runs: 0, only: false };
/** Run folders that are looked into for a log; one that has one is enough. */
const LOOKED_INTO = 50;

/**
 * Looks for runs of the W&B SDK, offline or online, where it puts them: a run folder, a `wandb` folder, or
 * the folder that a program was started in. It does not look deeper: importing does, this has to be quick.
 */
export async function heldRuns(folder: string): Promise<HeldRuns> {
  const names = await namesIn(folder);
  if (parseRunFolderName(basename(folder))) return holdsLog(names) ? { runs: 1, only: true } : NONE;
  const own = await countRuns(folder, names);
  if (own > 0) return { runs: own, only: true };
  if (!names.includes('wandb')) return NONE;
  const wandb = join(folder, 'wandb');
  const runs = await countRuns(wandb, await namesIn(wandb));
  const others = names.some((name) => name !== 'wandb' && !name.startsWith('.'));
  return { runs, only: runs > 0 && !others };
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

const holdsLog = (names: readonly string[]): boolean =>
  names.some((name) => runIdOfLog(name) !== null);

async function countRuns(folder: string, names: readonly string[]): Promise<number> {
  const runs = names.filter((name) => parseRunFolderName(name) !== null);
  for (const name of runs.slice(0, LOOKED_INTO)) {
    if (holdsLog(await namesIn(join(folder, name)))) return runs.length;
  }
  return 0;
}
