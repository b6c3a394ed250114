import { statSync } from 'node:fs';
import { Marks } from './mark-blobs.ts';
import type { NeededTrees, StoreRoom } from './snapshots.ts';
import type { Store } from './store.ts';
import type { WorkControl } from './work-control.ts';

const SLICE = 10_000;
/** Beside its data a row of a chunk has this many bytes; one of an index of content; one of a tree or a folder. */
const CHUNK_ROW = 16;
const PART_ROW = 70;
const TREE_ROW = 120;

/** What a scan for content that nobody needs comes to. */
export interface Scan {
  /** Chunks without anything that is needed. */
  dead: number[];
  deadBytes: number;
  deadParts: number;
  owners: number[];
}

let scans = 0;

/** Finds out what of all content is needed. `use` gets the marks, which are gone after it. */
export async function scan<T>(
  store: Store,
  needed: NeededTrees,
  control: WorkControl,
  use: (scan: Scan, marks: Marks) => T,
): Promise<T> {
  const marks = new Marks(store, ++scans);
  try {
    await marks.mark(needed, control);
    return use(await scanChunks(store, marks, needed.length, control), marks);
  } finally {
    marks.close();
  }
}

async function scanChunks(
  store: Store,
  marks: Marks,
  owners: number,
  control: WorkControl,
): Promise<Scan> {
  const found: Scan = { dead: [], deadBytes: 0, deadParts: 0, owners: Array(owners).fill(0) };
  /** Bytes of each chunk by who needs them, before compression. */
  const live = new Map<number, Map<number, number>>();
  await marks.eachPart(({ chunk, length, owner }) => {
    if (owner === null) return void (found.deadParts += 1);
    const of = live.get(chunk) ?? new Map<number, number>();
    of.set(owner, (of.get(owner) ?? 0) + length);
    live.set(chunk, of);
  }, control);
  await eachChunk(
    store,
    ({ id, size, bytes }) => {
      const of = live.get(id);
      // An empty one holds the highest number, so that it is not given twice.
      if (of) for (const [owner, length] of of) found.owners[owner]! += share(bytes, length, size);
      else if (size > 0) {
        found.dead.push(id);
        found.deadBytes += onDisk(bytes + CHUNK_ROW, pageSize(store));
      }
    },
    control,
  );
  return found;
}

const share = (bytes: number, length: number, size: number): number =>
  size === 0 ? 0 : Math.round((bytes * length) / size);

interface ChunkRow {
  id: number;
  size: number;
  bytes: number;
}

async function eachChunk(
  { db }: Store,
  visit: (chunk: ChunkRow) => void,
  control: WorkControl,
): Promise<void> {
  const read = db.prepare<[number], ChunkRow>(
    `SELECT id, size, length(data) AS bytes FROM chunks WHERE id > ? ORDER BY id LIMIT ${SLICE}`,
  );
  for (let last = -1; ;) {
    await control.breathe();
    const rows = read.all(last);
    rows.forEach(visit);
    if (rows.length < SLICE) return;
    last = rows.at(-1)!.id;
  }
}

/** Measures the store. `needed`: the trees of each owner. */
export async function storeRoom(
  store: Store,
  needed: NeededTrees,
  control: WorkControl,
): Promise<StoreRoom> {
  // What the log holds may be in the file, too: it is counted once.
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  return scan(store, needed, control, ({ deadBytes, deadParts, dead, owners }) => {
    const others = otherTrees(store, needed);
    const free = freePages(store) * pageSize(store);
    return {
      bytes: fileBytes(store),
      owners,
      freeable: deadBytes + deadParts * PART_ROW + others.bytes + free,
      trees: others.trees,
      loose: dead.length > 0 || free > 0,
    };
  });
}

/** Trees that nobody needs, with what is remembered of their folders. */
function otherTrees({ db }: Store, needed: NeededTrees): { trees: number; bytes: number } {
  const keep = new Set(needed.flat());
  const page = db.pragma('page_size', { simple: true }) as number;
  const rows = db
    .prepare(
      `SELECT lower(hex(digest)) AS tree, length(data) AS bytes,
         (SELECT sum(length(folders.data)) FROM folders WHERE folders.tree = digest) AS folders
       FROM trees`,
    )
    .all() as { tree: string; bytes: number; folders: number | null }[];
  const others = rows.filter(({ tree }) => !keep.has(tree));
  const bytesOf = ({ bytes, folders }: (typeof rows)[number]): number =>
    onDisk(bytes + TREE_ROW, page) + (folders === null ? 0 : onDisk(folders + TREE_ROW, page));
  return { trees: others.length, bytes: others.reduce((sum, row) => sum + bytesOf(row), 0) };
}

/**
 * What a row of that many bytes takes: what does not fit beside others is on pages of its own
 * (sqlite.org/fileformat2.html, 1.6: U, X, M and K).
 */
export function onDisk(payload: number, usable: number): number {
  if (payload <= usable - 35) return payload;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fits = least + ((payload - least) % (usable - 4));
  const local = fits <= usable - 35 ? fits : least;
  return local + Math.ceil((payload - local) / (usable - 4)) * usable;
}

const pageSize = ({ db }: Store): number => db.pragma('page_size', { simple: true }) as number;

export const freePages = ({ db }: Store): number =>
  db.pragma('freelist_count', { simple: true }) as number;

/** What the file and its log take on the disk. */
function fileBytes({ db }: Store): number {
  const files = [db.name, `${db.name}-wal`, `${db.name}-shm`];
  return files.reduce((sum, file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    return sum + (stat ? stat.blocks * 512 : 0);
  }, 0);
}
