import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SeenContainer } from './engine-witness.ts';
import { readRows } from './rows.ts';

/** What a data folder holds when nothing is left over: the rest is a file somebody forgot to remove. */
const KNOWN =
  /^(?:slipway\.db|snapshots\.db|metrics\.db)(?:-wal|-shm)?$|^(?:logs|git|executors|live|outputs|runs|process|backups|window|secrets|locks|electron)$|\.json$|^slipway\.db\.before-v\d+$/;

const entries = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Containers that are there although no run goes on; on an engine of one's own that is every one. */
export const checkContainers = (containers: readonly SeenContainer[]): string[] =>
  containers.map(({ name, status }) => `container ${name} is left over (${status})`);

/** Files and folders of attempts that are over, and ones that nobody knows. To be called when no run goes on. */
export function checkFolder(dataDir: string): string[] {
  const { runs } = readRows(dataDir);
  const known = new Set(runs.map(({ id }) => id));
  const files = (folder: string): string[] => entries(join(dataDir, folder));
  const idOf = (name: string): string => name.replace(/^build-|\.(?:log|idx)$/g, '');
  return [
    ...entries(dataDir)
      .filter((name) => !KNOWN.test(name))
      .map((name) => `${name} is in the data folder`),
    ...files('live').map((name) => `live/${name} is left over`),
    ...files('logs')
      .filter((name) => !known.has(idOf(name)))
      .map((name) => `logs/${name} belongs to no run`),
    ...files('process')
      .filter(isAttempt)
      .map((name) => `process/${name} is left over`),
    ...files('git')
      .filter((name) => /tmp|partial|\.new$/.test(name))
      .map((name) => `git/${name} is left over`),
  ];
}

const isAttempt = (name: string): boolean => /^[0-9a-z]+-\d+$/.test(name);

/** What is in the temporary folder that the product was given. */
export const checkTemp = (folder: string): string[] =>
  entries(folder).map((name) => `${name} is left in the temporary folder`);
