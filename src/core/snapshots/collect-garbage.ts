import type { Marks } from './mark-blobs.ts';
import type { NeededTrees } from './snapshots.ts';
import { freePages, scan, type Scan } from './store-room.ts';
import type { Store } from './store.ts';
import type { WorkControl } from './work-control.ts';

/** Chunks that one transaction removes: at most so many times 512 KiB are read for it. */
const CHUNKS_AT_ONCE = 16;
const PAGES_AT_ONCE = 256;
/** How `PRAGMA auto_vacuum` tells that pages can be given back bit by bit. */
const INCREMENTAL = 2;

/**
 * Forgets the trees that nobody needs, and content that only they have. Nobody may take a snapshot meanwhile.
 * All or nothing is forgotten; what it took stays on a list until {@link giveBack} has removed it, so that a
 * process that dies leaves nothing but work for the next.
 */
export async function forgetOthers(
  store: Store,
  needed: NeededTrees,
  control: WorkControl,
): Promise<void> {
  await scan(store, needed, control, (found, marks) => {
    control.check();
    store.db.transaction(() => forget(store, needed, found, marks)).immediate();
  });
}

function forget({ db }: Store, needed: NeededTrees, { dead }: Scan, marks: Marks): void {
  const keep = new Set(needed.flat());
  const all = db.prepare('SELECT lower(hex(digest)) FROM trees').pluck().all() as string[];
  const removeTree = db.prepare<[Buffer]>('DELETE FROM trees WHERE digest = ?');
  for (const tree of all) if (!keep.has(tree)) removeTree.run(Buffer.from(tree, 'hex'));
  marks.removeOthers();
  const addDead = db.prepare<[number]>('INSERT OR IGNORE INTO dead_chunks (id) VALUES (?)');
  for (const id of dead) addDead.run(id);
}

/**
 * Removes what was forgotten, part after part, and gives its pages back to the disk. Others may take
 * snapshots meanwhile, except where the file was made before pages could be given back bit by bit: it is
 * written anew once, for which `alone` has to be true.
 */
export async function giveBack(
  store: Store,
  { alone }: { alone: boolean },
  control: WorkControl,
): Promise<void> {
  const { db } = store;
  await removeChunks(store, control);
  if (db.pragma('auto_vacuum', { simple: true }) === INCREMENTAL) await shrink(store, control);
  else if (alone) {
    db.pragma(`auto_vacuum = ${INCREMENTAL}`);
    db.exec('VACUUM');
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
}

async function removeChunks(store: Store, control: WorkControl): Promise<void> {
  const { db } = store;
  const some = db.prepare(`SELECT id FROM dead_chunks ORDER BY id LIMIT ${CHUNKS_AT_ONCE}`).pluck();
  const left = () => db.prepare('SELECT count(*) FROM dead_chunks').pluck().get() as number;
  const total = left();
  for (;;) {
    await control.breathe();
    const ids = some.all() as number[];
    if (ids.length === 0) return;
    control.progress('Removing code that no version needs', total - left(), total);
    db.transaction(() => ids.forEach((id) => removeChunk(store, id))).immediate();
  }
}

/** The highest number stays with an empty chunk: readers know chunks by their number, which must not be given twice. */
function removeChunk({ db }: Store, id: number): void {
  const last = db.prepare('SELECT max(id) FROM chunks').pluck().get() as number | null;
  if (id === last) {
    db.prepare("UPDATE chunks SET codec = 'raw', size = 0, data = x'' WHERE id = ?").run(id);
  } else db.prepare('DELETE FROM chunks WHERE id = ?').run(id);
  db.prepare('DELETE FROM dead_chunks WHERE id = ?').run(id);
}

async function shrink(store: Store, control: WorkControl): Promise<void> {
  const total = freePages(store);
  for (let left = total; left > 0;) {
    await control.breathe();
    control.progress('Giving room back to the disk', total - left, total);
    store.db.pragma(`incremental_vacuum(${PAGES_AT_ONCE})`);
    const now = freePages(store);
    if (now >= left) return;
    left = now;
  }
}
