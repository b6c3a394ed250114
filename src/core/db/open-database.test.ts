import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BUILD } from '../../shared/domain/job.ts';
import { MIGRATIONS } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { openRepos } from './open-repos.ts';
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

/** A database as the first version left it, with a job, a version and a run that has not ended. */
function firstVersion(file: string): void {
  const sqlite = openSqlite(file);
  sqlite.exec(MIGRATIONS[0]!);
  sqlite.pragma('user_version = 1');
  sqlite.pragma('application_id = 0x534c4950');
  sqlite.exec(`
    INSERT INTO project VALUES ('p', 'default', 1, 1);
    INSERT INTO job VALUES ('j', 'p', 'job', '', 'code', '/code', 1, 1);
    INSERT INTO job_version VALUES ('v', 'j', 0, 'd',
      '{"kind":"code","tree":"ab","folder":"/code","files":1,"bytes":1,"includedSecrets":[]}',
      '["python","a.py"]', '{"dependencies":null,"requirements":"six\\n"}', 1, 1);
    INSERT INTO alias VALUES ('j', 'latest', 'v');
    INSERT INTO run (id, seq, project_id, job_id, version_id, name, state, engine, entry_point,
      created_at, rev) VALUES ('r', 1, 'p', 'j', 'v', 'n', 'queued', 'docker', '[]', 1, 1);
    INSERT INTO attempt (id, run_id, number) VALUES ('r-1', 'r', 1);
  `);
  sqlite.close();
}

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

  it('brings a database of the first version up to date, and keeps a copy of it', () => {
    const file = join(testFolder(), 'slipway.db');
    firstVersion(file);
    const db = openDatabase(file);
    const { jobs, runs, specs, waiting } = openRepos(db);
    expect(jobs.version('v')).toMatchObject({
      source: { kind: 'code', folder: '/code' },
      environment: { requirements: 'six\n', locked: false, python: null, notes: [] },
      build: DEFAULT_BUILD,
      types: null,
      inputSchema: null,
      aliases: ['latest'],
    });
    expect(runs.get('r')).toMatchObject({ rewrite: false, config: null, tracked: null });
    expect(runs.get('r')).toMatchObject({ sweep: null, retryOf: null, tryNumber: 1 });
    expect(runs.attempt('r')).toMatchObject({ id: 'r-1', overTimeAt: null });
    expect(specs.of('r')).toBeNull();
    expect(waiting.headOf(null, ['docker'], 1)?.id).toBe('r');
    expect(jobs.get('j')).toMatchObject({ name: 'job', binnedAt: null, runCount: 1 });
    // The table of jobs was made anew under what refers to it.
    expect(db.all('PRAGMA foreign_key_check')).toEqual([]);
    expect(db.all('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    expect(() => db.write(() => db.run("DELETE FROM job WHERE id = 'j'"))).toThrow(/FOREIGN KEY/);
    db.close();
    const copy = openSqlite(`${file}.before-v${MIGRATIONS.length}`);
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    copy.close();
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
