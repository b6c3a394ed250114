import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeTree, treeDigest } from '../../../src/core/snapshots/tree.ts';
import { openStore } from '../../../src/core/snapshots/open-store.ts';
import { openDatabase } from '../../../src/core/db/open-database.ts';
import { checkFolder, checkTemp } from './leftovers.ts';
import { checkDatabase } from './rows.ts';
import { filesBelow, findCanaries } from './secrets.ts';
import { checkSnapshots } from './snapshots.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faults-stores-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A store with one tree of one file in two parts, as the product lays them out. */
function writeStore(): string {
  const file = join(folder, 'snapshots.db');
  const db = openStore(file);
  const insert = db.prepare('INSERT INTO chunks (id, codec, size, data) VALUES (?, ?, ?, ?)');
  insert.run(1, 'raw', 5, Buffer.from('hello'));
  insert.run(2, 'raw', 6, Buffer.from(' world'));
  const part = db.prepare('INSERT INTO blobs VALUES (?, ?, ?, 0, ?)');
  const key = Buffer.from(sha('hello world'), 'hex');
  part.run(key, 0, 1, 5);
  part.run(key, 1, 2, 6);
  const node = { path: 'a/b', size: 11, executable: false, content: sha('hello world') };
  const home = { path: 'a', kind: 'directory', size: 0, executable: false, content: '' } as const;
  const tree = encodeTree([home, { ...node, kind: 'file' }]);
  db.prepare("INSERT INTO trees VALUES (?, 1, 11, 0, 'raw', ?)").run(
    Buffer.from(treeDigest(tree), 'hex'),
    tree,
  );
  db.close();
  return file;
}

describe('snapshots', () => {
  it('that are whole', () => expect(checkSnapshots(writeStore())).toEqual([]));

  it.each([
    ["UPDATE chunks SET data = CAST('hellO' AS BLOB) WHERE id = 1", 'is damaged'],
    ['DELETE FROM blobs WHERE part = 1', 'is damaged'],
    ['DELETE FROM blobs', 'is not there'],
    ["UPDATE trees SET data = CAST('slipway tree 1' AS BLOB)", 'is damaged'],
  ])('after %s', (sql, text) => {
    const file = writeStore();
    const db = new Database(file);
    db.exec(sql);
    db.close();
    expect(checkSnapshots(file).join()).toContain(text);
  });
});

describe('databases', () => {
  const file = (): string => join(folder, 'slipway.db');

  it('that are whole', () => {
    openDatabase(file()).close();
    expect(checkDatabase(file())).toEqual([]);
  });

  it('with a row that refers to nothing', () => {
    openDatabase(file()).close();
    const db = new Database(file());
    db.pragma('foreign_keys = OFF');
    db.exec("INSERT INTO attempt (id, run_id, number) VALUES ('x-1', 'x', 1)");
    db.close();
    expect(checkDatabase(file())).toEqual([expect.stringContaining('attempt')]);
  });

  it('with a page of noise', () => {
    openDatabase(file()).close();
    const bytes = readFileSync(file());
    bytes.fill(0xa5, 8192, 20_000);
    writeFileSync(file(), bytes);
    expect(checkDatabase(file())).not.toEqual([]);
  });
});

describe('leftovers', () => {
  it.each(['live/x-1/f', 'logs/x.log', 'new-thing.tmp'])('are found: %s', (path) => {
    openDatabase(join(folder, 'slipway.db')).close();
    expect(checkFolder(folder)).toEqual([]);
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), '');
    expect(checkFolder(folder)).toHaveLength(1);
  });

  it('are found in the temporary folder', () => {
    expect(checkTemp(folder)).toEqual([]);
    mkdirSync(join(folder, 'slipway-x'));
    expect(checkTemp(folder)).toHaveLength(1);
  });
});

describe('canaries', () => {
  const canary = 'a-secret-Value/+=';

  it.each([
    ['as they are', canary],
    ['in base64', Buffer.from(canary).toString('base64')],
    ['in hex', Buffer.from(canary).toString('hex')],
    ['over the end of a piece', `${'x'.repeat((4 << 20) - 5)}${canary}`],
  ])('are found %s', (_, text) => {
    mkdirSync(join(folder, 'deep'));
    const path = join(folder, 'deep', 'file');
    writeFileSync(path, `before ${'y'.repeat(100)}`);
    expect(findCanaries([canary], filesBelow(folder))).toEqual([]);
    writeFileSync(path, text);
    expect(findCanaries([canary], filesBelow(folder))).toEqual([`canary 0 is in ${path}`]);
  });
});
