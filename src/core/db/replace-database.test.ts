import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backUp, backupIsDue, listBackups } from './backups.ts';
import { problemsOf } from './check-database.ts';
import { ExecutorLock } from './executor-lock.ts';
import { openDatabase } from './open-database.ts';
import { openRepos } from './open-repos.ts';
import { finishReplacing, replaceDatabase } from './replace-database.ts';
import { openSqlite } from './sqlite.ts';
import { testFolder } from './testing.ts';

const DAY = 24 * 60 * 60_000;
const NOW = Date.parse('2026-11-22T12:00:00Z');

const names = (file: string): string[] => {
  const db = openDatabase(file);
  try {
    return openRepos(db)
      .projects.list()
      .map(({ name }) => name);
  } finally {
    db.close();
  }
};

/** A database of many pages with the projects `a…`, a backup of it, and then one more project. */
function worldWithBackup() {
  const file = join(testFolder(), 'slipway.db');
  const db = openDatabase(file);
  const { projects } = openRepos(db);
  for (let n = 0; n < 300; n++) projects.ensure(`a${n}-${'x'.repeat(80)}`, 1);
  db.write(() => db.run("INSERT INTO meta VALUES ('instance', 'mine')"));
  const { file: backup } = backUp(file, NOW);
  projects.ensure('after', 1);
  db.close();
  return { file, backup };
}

/** Each leaves a file that is not whole. */
const DAMAGES: Readonly<Record<string, (file: string) => void>> = {
  garbage: (file) => writeFileSync(file, Buffer.alloc(40_960, 'garbage ')),
  'a header alone': (file) => truncateSync(file, 100),
  'half of it': (file) => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096),
  'no bytes': (file) => truncateSync(file, 0),
  'a page of another kind': (file) => {
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096, 8192);
    writeFileSync(file, bytes);
  },
};

describe('problemsOf', () => {
  it.each(Object.entries(DAMAGES))('finds %s', (_name, damage) => {
    const { file } = worldWithBackup();
    expect(problemsOf(file)).toEqual([]);
    damage(file);
    expect(problemsOf(file)).not.toEqual([]);
  });

  it('finds rows that lost what they refer to', () => {
    const { file } = worldWithBackup();
    const db = openSqlite(file);
    db.pragma('foreign_keys = OFF');
    db.exec("INSERT INTO alias VALUES ('no job', 'latest', 'no version')");
    db.close();
    expect(problemsOf(file).join()).toContain('alias');
  });
});

describe('replaceDatabase', () => {
  it.each(Object.entries(DAMAGES))('keeps a file with %s and restores the backup', (_n, damage) => {
    const { file, backup } = worldWithBackup();
    damage(file);
    const before = readFileSync(file);
    writeFileSync(`${file}-wal`, 'what was under way');
    const { aside, from } = replaceDatabase(file, backup, NOW + 5);
    expect(from).toBe(NOW);
    expect(basename(aside!)).toBe('slipway.db.damaged-2026-11-22T12-00-00-005');
    expect(readFileSync(aside!).equals(before)).toBe(true);
    expect(readFileSync(`${aside}-wal`, 'utf8')).toBe('what was under way');
    expect(names(file)).toHaveLength(300);
    expect(problemsOf(file)).toEqual([]);
  });

  it('begins empty under the same name towards engines', () => {
    const { file } = worldWithBackup();
    DAMAGES['garbage']!(file);
    const { aside } = replaceDatabase(file, null, NOW);
    expect(existsSync(aside!)).toBe(true);
    expect(names(file)).toEqual([]);
    const db = openDatabase(file);
    expect(db.get("SELECT value FROM meta WHERE key = 'instance'")).toEqual({ value: 'mine' });
    const { value } = db.get("SELECT value FROM meta WHERE key = 'restored'") as { value: string };
    expect(JSON.parse(value)).toEqual({ at: NOW, from: null, aside });
    db.close();
  });

  it('is refused while somebody else uses the data folder, and leaves all as it was', () => {
    const { file, backup } = worldWithBackup();
    const before = readFileSync(file);
    const other = new ExecutorLock(join(file, '..', 'executors'));
    expect(() => replaceDatabase(file, backup, NOW)).toThrow(/Another Slipway/);
    other.release();
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(join(file, '..', 'executors'))).toEqual([]);
  });

  it('refuses a backup that is damaged too', () => {
    const { file, backup } = worldWithBackup();
    DAMAGES['half of it']!(backup);
    const before = readFileSync(file);
    expect(() => replaceDatabase(file, backup, NOW)).toThrow(/damaged as well/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('goes on where a crash stopped it: the file was moved, its companions and the new one were not', () => {
    const { file, backup } = worldWithBackup();
    copyFileSync(backup, `${file}.restored`);
    renameSync(file, `${file}.damaged-1`);
    // Of the damaged one: it must not be replayed into the other.
    writeFileSync(`${file}-wal`, 'of the damaged one');
    finishReplacing(file);
    expect(names(file)).toHaveLength(300);
    expect(readdirSync(join(file, '..')).filter((name) => name.endsWith('-wal'))).toHaveLength(1);
  });
});

describe('backups', () => {
  it('are made a day apart, and seven are kept', () => {
    const { file, backup } = worldWithBackup();
    expect(backupIsDue(file, NOW + DAY - 1)).toBe(false);
    expect(backupIsDue(file, NOW + DAY)).toBe(true);
    // The clock went back by ten years: the newest one says nothing.
    expect(backupIsDue(file, NOW - 3650 * DAY)).toBe(true);
    for (let day = 1; day <= 8; day++) backUp(file, NOW + day * DAY);
    expect(listBackups(file).map(({ takenAt }) => (takenAt - NOW) / DAY)).toEqual([
      8, 7, 6, 5, 4, 3, 2,
    ]);
    expect(existsSync(backup)).toBe(false);
  });

  it('leave the others as they are when a copy fails', () => {
    const { file, backup } = worldWithBackup();
    DAMAGES['a page of another kind']!(file);
    expect(() => backUp(file, NOW + DAY)).toThrow(
      expect.objectContaining({ code: 'E_DB_DAMAGED' }),
    );
    expect(listBackups(file).map((each) => each.file)).toEqual([backup]);
    expect(readdirSync(join(file, '..', 'backups'))).toEqual([basename(backup)]);
  });

  it('count copies from before a change of the schema, and nothing else that lies there', () => {
    const { file, backup } = worldWithBackup();
    writeFileSync(`${file}.before-v3`, 'x');
    utimesSync(`${file}.before-v3`, 1, 1);
    writeFileSync(`${file}.before-v3.part`, 'x');
    writeFileSync(join(file, '..', 'backups', 'slipway.db.yesterday'), 'x');
    mkdirSync(join(file, '..', 'backups', 'slipway.db.2026-11-23T12-00-00-000'));
    expect(listBackups(file).map((each) => each.file)).toEqual([backup, `${file}.before-v3`]);
  });

  it('are not due for a database that was just made', () => {
    const file = join(testFolder(), 'slipway.db');
    expect(backupIsDue(file, Date.now())).toBe(false);
    openDatabase(file).close();
    expect(backupIsDue(file, Date.now())).toBe(false);
    expect(backupIsDue(file, Date.now() + 11 * 60_000)).toBe(true);
  });
});
