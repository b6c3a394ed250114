import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { openSqlite } from './sqlite.ts';
import { testFolder } from './testing.ts';

const codeOf = (action: () => unknown): string | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('openDatabase', () => {
  it('makes the schema and opens it again', () => {
    const file = join(testFolder(), 'slipway.db');
    openDatabase(file).close();
    const db = openDatabase(file);
    expect(db.all('SELECT name FROM project')).toEqual([]);
    db.close();
  });

  it('refuses a file of a newer version and leaves it as it is', () => {
    const file = join(testFolder(), 'slipway.db');
    openDatabase(file).close();
    const sqlite = openSqlite(file);
    sqlite.pragma(`user_version = ${MIGRATIONS.length + 3}`);
    sqlite.close();
    const before = readFileSync(file);
    expect(codeOf(() => openDatabase(file))).toBe('E_DB_NEWER');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each([
    ['garbage', 'not a database at all, but long enough to have a header of 100 bytes'.repeat(3)],
    ['another program', null],
  ])('refuses %s and leaves it as it is', (_name, text) => {
    const file = join(testFolder(), 'slipway.db');
    if (text === null) {
      const other = openSqlite(file);
      other.exec('CREATE TABLE theirs (x)');
      other.close();
    } else writeFileSync(file, text);
    const before = readFileSync(file);
    expect(codeOf(() => openDatabase(file))).toBe('E_DB_DAMAGED');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses a folder and a link in place of the file', () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'a'));
    expect(codeOf(() => openDatabase(join(folder, 'a')))).toBe('E_DATA_DIR');
    symlinkSync('/etc/hostname', join(folder, 'b'));
    expect(codeOf(() => openDatabase(join(folder, 'b')))).toBe('E_DATA_DIR');
  });

  it('changes nothing when a migration fails', () => {
    const file = join(testFolder(), 'slipway.db');
    openDatabase(file).close();
    const sqlite = openSqlite(file);
    sqlite.exec('DROP TABLE build_step; DROP TABLE run_event;');
    sqlite.pragma('user_version = 0');
    sqlite.close();
    // Version 0 with tables cannot be migrated: the failed transaction leaves all as it was.
    expect(codeOf(() => openDatabase(file))).toBeDefined();
    expect(existsSync(`${file}.before-v${MIGRATIONS.length}`)).toBe(false);
    const again = openSqlite(file);
    expect(again.pragma('user_version', { simple: true })).toBe(0);
    again.close();
  });
});
