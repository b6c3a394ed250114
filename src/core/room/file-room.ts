import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { RoomKind } from '../../shared/domain/room.ts';
import { toErrorData } from '../../shared/errors.ts';
import { openSqlite, type Sqlite } from '../db/sqlite.ts';
import { removeTree } from '../engines/process/remove-tree.ts';
import type { Candidate, FileParts } from './file-parts.ts';
import { measured, type Measured } from './found.ts';
import { KeepRules } from './keep-rules.ts';
import { databaseFiles, looseFiles, metricFiles } from './loose-files.ts';
import { environmentFiles, mirrorFiles } from './made-files.ts';
import { roomFacts, type RoomFacts } from './room-facts.ts';
import { logFiles, outputFiles } from './run-files.ts';

/** Kinds that are files and folders of the data folder, and how they are found. */
const FINDERS = {
  environments: environmentFiles,
  mirrors: mirrorFiles,
  logs: logFiles,
  outputs: outputFiles,
  metrics: metricFiles,
  database: databaseFiles,
  leftovers: looseFiles,
} satisfies Partial<Record<RoomKind, (parts: FileParts) => Candidate[]>>;

export type FileKind = keyof typeof FINDERS;

export const FILE_KINDS = Object.keys(FINDERS) as FileKind[];

export const isFileKind = (kind: RoomKind): kind is FileKind => kind in FINDERS;

/** Where, and what is needed beyond what the database tells. */
export interface FileRoomInput {
  dataDir: string;
  /** Wall time. */
  now: number;
  submodules: string[];
  kinds: FileKind[];
}

export interface FileRoom {
  kinds: Partial<Record<FileKind, Measured>>;
}

/** What the database tells of what is needed. For a worker thread. */
export const readFacts = (dataDir: string): RoomFacts => withDatabase(dataDir, roomFacts);

/** Measures files. For a worker thread. */
export function measureFiles(input: FileRoomInput): FileRoom {
  return withDatabase(input.dataDir, (db) => {
    const parts = partsOf(input, db);
    return {
      kinds: Object.fromEntries(
        // Without the paths of a great many logs: they are found again when they are to go.
        input.kinds.map((kind) => [kind, measured(FINDERS[kind](parts).map(told))]),
      ),
    };
  });
}

const told = ({ paths: _paths, ...found }: Candidate) => found;

/** Removes things by their keys, unless they are needed by now. Gives back what could not be, in sentences. */
export async function freeFiles(input: FileRoomInput & { keys: string[] }): Promise<string[]> {
  const wanted = new Set(input.keys);
  const chosen = withDatabase(input.dataDir, (db) => {
    const parts = partsOf(input, db);
    return input.kinds
      .flatMap((kind) => FINDERS[kind](parts))
      .filter(({ key, freeable }) => freeable > 0 && wanted.has(key));
  });
  const problems: string[] = [];
  for (const { paths, name } of chosen) {
    try {
      for (const path of paths) await remove(path);
    } catch (error) {
      problems.push(`The ${name} could not be removed: ${toErrorData(error).message}`);
    }
  }
  return problems;
}

/** First out of the way: half of it is never taken for all of it. */
async function remove(path: string): Promise<void> {
  const gone = path.endsWith('.gone') ? path : `${path}.gone`;
  if (gone !== path && /(?:environments|git)\/[^/]+$/.test(path)) {
    await removeTree(gone);
    renameSync(path, gone);
    return removeTree(gone);
  }
  return removeTree(path);
}

const partsOf = ({ dataDir, now, submodules }: FileRoomInput, db: Sqlite): FileParts => {
  const facts = roomFacts(db);
  return { dataDir, db, facts, rules: new KeepRules(facts, now), now, submodules };
};

function withDatabase<T>(dataDir: string, use: (db: Sqlite) => T): T {
  const db = openSqlite(join(dataDir, 'slipway.db'), { readonly: true });
  try {
    return use(db);
  } finally {
    db.close();
  }
}
