import { join } from 'node:path';
import type { RoomKind } from '../../shared/domain/room.ts';
import type { Sqlite } from '../db/sqlite.ts';
import { diskUsage, entriesOf, statOf } from './disk-usage.ts';
import type { Found } from './found.ts';
import type { KeepRules } from './keep-rules.ts';
import type { RoomFacts } from './room-facts.ts';

/** A thing on the disk, with the files and folders that it is. */
export interface Candidate extends Found {
  paths: string[];
}

/** What is looked through. */
export interface FileParts {
  dataDir: string;
  db: Sqlite;
  facts: RoomFacts;
  rules: KeepRules;
  /** Wall time. */
  now: number;
  /** Addresses of submodules of versions' code. */
  submodules: readonly string[];
}

/** What is younger may be under way. */
const OLD_MS = 60 * 60_000;

/** Whether nobody can be at work on it any more. A time that has not come yet is no reason to wait for it. */
export const isOld = (path: string, now: number): boolean => {
  const stat = statOf(path);
  return stat !== null && Math.abs(now - stat.mtimeMs) > OLD_MS;
};

interface Told {
  kind: RoomKind;
  name: string;
  because: string;
  /** Whether all of it may go. */
  free: boolean;
  jobId?: string | null;
  runId?: string | null;
  usedAt?: number | null;
}

/** Measures what some paths take. The first of them names it. */
export function candidate(paths: string[], { free, ...told }: Told): Candidate {
  const bytes = paths.reduce((sum, path) => sum + diskUsage(path), 0);
  return {
    ...{ jobId: null, runId: null, usedAt: null, ...told },
    ...{ key: `${told.kind} ${paths[0]}`, paths, bytes, freeable: free ? bytes : 0 },
  };
}

export const namesIn = (folder: string): string[] => entriesOf(folder).map(({ name }) => name);

export const pathsIn = (folder: string): string[] =>
  namesIn(folder).map((name) => join(folder, name));
