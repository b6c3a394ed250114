import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync, symlinkSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../db/sqlite.ts';
import { Bench } from './testing.ts';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

afterEach(() => bench.dispose());

const taken = (): number =>
  [bench.file, `${bench.file}-wal`, `${bench.file}-shm`].reduce((sum, file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    return sum + (stat ? stat.blocks * 512 : 0);
  }, 0);

let folders = 0;

/** A folder of its own with these files, frozen. */
async function frozen(files: Record<string, string | Buffer>): Promise<string> {
  const root = `folder${(folders += 1)}`;
  mkdirSync(bench.path(root), { recursive: true });
  for (const [path, content] of Object.entries(files)) bench.write(`${root}/${path}`, content);
  return (await bench.freeze(bench.path(root))).digest;
}

async function clean(...needed: string[][]): Promise<void> {
  await bench.snapshots.forgetOthers(needed, bench.control);
  await bench.snapshots.giveBack({ alone: false }, bench.control);
}

async function isWhole(tree: string): Promise<boolean> {
  const target = bench.path(`../back/${(folders += 1)}`);
  await bench.snapshots.writeTo(tree, target, bench.control);
  return (await bench.freeze(target)).digest === tree;
}

test('what nobody needs is given back to the disk, as was promised', async () => {
  const shared = randomBytes(3_000_000);
  const kept = await frozen({ 'shared.bin': shared, 'main.py': 'print(1)\n' });
  const gone = await frozen({ 'shared.bin': shared, 'own.bin': randomBytes(6_000_000) });
  const room = await bench.snapshots.room([[kept]], bench.control);
  expect(room).toMatchObject({ trees: 1, loose: true });
  expect(room.owners[0]).toBeGreaterThan(2_900_000);
  const before = taken();
  expect(Math.abs(room.bytes - before)).toBeLessThanOrEqual(32_768);

  await clean([kept]);
  const freed = before - taken();
  expect(Math.abs(freed - room.freeable)).toBeLessThanOrEqual(0.02 * freed);
  expect(freed).toBeGreaterThan(5_900_000);
  await expect(bench.snapshots.entries(gone)).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  const after = await bench.snapshots.room([[kept]], bench.control);
  expect(after).toMatchObject({ trees: 0, freeable: 0 });
  expect(await isWhole(kept)).toBe(true);
});

test('content is counted once, for the first who needs it', async () => {
  const shared = randomBytes(600_000);
  const one = await frozen({ 'a.bin': shared });
  const two = await frozen({ 'a.bin': shared, 'b.bin': randomBytes(700_000) });
  const { owners } = await bench.snapshots.room([[one], [two]], bench.control);
  expect(owners[0]! / 600_000).toBeCloseTo(1, 1);
  expect(owners[1]! / 700_000).toBeCloseTo(1, 1);
});

test('whatever is kept can be written back, and what is taken after that', async () => {
  const names = ['a', 'b', 'c', 'd'].map((name) => fc.constant(name));
  const contents = ['', 'x', 'y'.repeat(2000), 'z'.repeat(700_000)].map((text) =>
    fc.constant(text),
  );
  const files = fc.dictionary(fc.oneof(...names), fc.oneof(...contents), { minKeys: 1 });
  const trees = fc.array(fc.tuple(files, fc.boolean()), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(trees, files, async (all, later) => {
      const kept: string[] = [];
      for (const [content, keep] of all) {
        const tree = await frozen(content);
        if (keep) kept.push(tree);
      }
      await clean(kept);
      for (const tree of [...kept, await frozen(later)]) expect(await isWhole(tree)).toBe(true);
      await clean([]);
      expect((await bench.snapshots.room([], bench.control)).trees).toBe(0);
    }),
    { numRuns: 6 },
  );
});

test('a folder whose snapshot was forgotten is taken anew', async () => {
  symlinkSync('nowhere', bench.path('link'));
  bench.write('main.py', 'print(1)\n');
  const first = await bench.freeze();
  await clean([]);
  const again = await bench.freeze();
  expect(again).toMatchObject({ digest: first.digest, known: false });
  expect(await isWhole(again.digest)).toBe(true);
});

test('numbers of chunks are not given twice, which readers of other processes know them by', async () => {
  const gone = await frozen({ 'a.txt': 'one' });
  const db = openSqlite(bench.file, { readonly: true });
  const last = () => db.prepare('SELECT max(id) FROM chunks').pluck().get() as number;
  const before = last();
  await clean([]);
  await frozen({ 'a.txt': 'two' });
  expect(last()).toBeGreaterThan(before);
  db.close();
  await expect(bench.snapshots.entries(gone)).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
});

test('a file from before pages could be given back is written anew once', async () => {
  const kept = await frozen({ 'a.txt': 'one' });
  await frozen({ 'own.bin': randomBytes(4_000_000) });
  await bench.snapshots.close();
  const db = openSqlite(bench.file);
  db.pragma('journal_mode = DELETE');
  db.pragma('auto_vacuum = NONE');
  db.exec('VACUUM');
  db.close();
  await bench.reopen();
  const before = taken();
  await bench.snapshots.forgetOthers([[kept]], bench.control);
  await bench.snapshots.giveBack({ alone: false }, bench.control);
  expect(before - taken()).toBeLessThan(1_000_000);
  await bench.snapshots.giveBack({ alone: true }, bench.control);
  expect(before - taken()).toBeGreaterThan(3_900_000);
  expect(await isWhole(kept)).toBe(true);
});

test('a tree that cannot be read keeps everything', async () => {
  const damaged = await frozen({ 'a.txt': 'one' });
  const other = await frozen({ 'b.txt': 'two' });
  await bench.snapshots.close();
  const db = openSqlite(bench.file);
  db.prepare('UPDATE trees SET data = ? WHERE digest = ?').run(
    Buffer.from('no'),
    Buffer.from(damaged, 'hex'),
  );
  db.close();
  await bench.reopen();
  const error = expect.objectContaining({ code: 'E_DB_DAMAGED' });
  await expect(clean([damaged])).rejects.toThrow(error);
  expect(await isWhole(other)).toBe(true);
});
