import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../clock.ts';
import { createCore, type Core } from '../create-core.ts';
import { listBackups } from '../db/backups.ts';
import { openSqlite } from '../db/sqlite.ts';
import { testDatabase, testFolder, testVersion } from '../db/testing.ts';
import { openSnapshots } from '../snapshots/open-snapshots.ts';
import { careOn } from './care-task.ts';
import { codeCheck } from './checks/code-check.ts';
import { contentCheck } from './checks/database-checks.ts';
import { Keeper } from './keeper.ts';

const never = new AbortController().signal;
const from = (path: string) => new URL(`../${path}`, import.meta.url);

function openCore(dataDir: string, now = Date.now()): Core {
  const core = createCore({
    dataDir,
    workers: {
      snapshots: from('snapshots/worker.ts'),
      runReader: from('imports/read-worker.ts'),
      runList: from('run-list/list-worker.ts'),
      logSearch: from('logs/search/search-worker.ts'),
      care: from('host/care-worker.ts'),
    },
    resources: fileURLToPath(new URL('../../../resources', import.meta.url)),
    dockerHost: 'unix:///nowhere.sock',
    clock: { now: () => now, monotonic: () => performance.now() },
  });
  onTestFinished(() => core.close());
  return core;
}

const care = careOn(from('host/care-worker.ts'));

/** A database with one version of a job, whose code is in two files, and its snapshots. */
async function withCode() {
  const { db, repos, folder } = testDatabase();
  const code = testFolder();
  await writeFile(join(code, 'a.py'), `print(${'1, '.repeat(500)})\n`);
  await writeFile(join(code, 'b.py'), 'print(2)\n');
  const file = join(folder, 'snapshots.db');
  const snapshots = openSnapshots({ file, workerFile: from('snapshots/worker.ts') });
  onTestFinished(() => snapshots.close());
  const freeze = () => snapshots.freeze(code, { includeSecrets: [] }, { signal: never });
  const { digest: tree } = await freeze();
  const project = repos.projects.ensure('default', 1);
  const version = testVersion('d0');
  const job = { projectId: project.id, name: 'train', folder: code };
  repos.jobs.addVersion(job, { ...version, source: { ...version.source, tree } }, 1);
  return { db, folder, file, snapshots, freeze };
}

describe('code of versions', () => {
  it('that is damaged is named, and the same code mends it', async () => {
    const { db, file, snapshots, freeze } = await withCode();
    const code = codeCheck(db, file, care);
    expect(await code.look(never)).toMatchObject({ text: 'all of 1 snapshot read through' });
    await snapshots.letGo();
    const bad = openSqlite(file);
    bad.exec('UPDATE chunks SET data = zeroblob(length(data))');
    bad.close();
    const named = { status: 'missing', text: expect.stringContaining('train v0') };
    expect(await code.look(never)).toMatchObject(named);
    // All of it garbage: set aside, and taken again from the folder.
    writeFileSync(file, 'garbage '.repeat(9000));
    const close = () => snapshots.letGo();
    const parts = { id: 'snapshots', title: 'Snapshots', file, holds: 'snapshots' };
    const content = contentCheck(parts, care, { clock: systemClock, close });
    expect(await content.look(never)).toMatchObject({ status: 'missing', mend: 'Set it aside' });
    const told = await content.mend!(never);
    const aside = told.replace('It is kept as ', '').replace(/\.$/, '');
    expect(readFileSync(aside, 'utf8')).toContain('garbage');
    expect(await code.look(never)).toMatchObject(named);
    await freeze();
    expect(await code.look(never)).toMatchObject({ status: 'ok' });
  });
});

describe('the doctor', () => {
  it('makes indices again, removes leftovers, makes a backup', async () => {
    const dataDir = testFolder();
    openSqlite(join(dataDir, 'x')).close();
    const core = openCore(dataDir, Date.now() + 3_600_000 * 2);
    const db = openSqlite(join(dataDir, 'slipway.db'));
    db.exec('DROP INDEX job_rev');
    db.close();
    writeFileSync(join(dataDir, 'slipway.db.before-v9.part'), 'half');
    utimesSync(join(dataDir, 'slipway.db.before-v9.part'), 1, 1);
    const ids = ['indices', 'leftovers', 'backups'];
    const looks = async () => {
      const { checks } = await core.doctor.examine(never);
      return checks.filter(({ id }) => ids.includes(id));
    };
    for (const found of await looks()) {
      expect(found).toMatchObject({ status: 'warning', mend: expect.any(String) });
      expect(await core.doctor.mend(found.id, never)).toMatch(/\S/);
    }
    const { checks } = await core.doctor.examine(never);
    const ours = checks.filter(({ id }) => !/^engine-|^disk-space|^open-files/.test(id));
    expect(ours.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(existsSync(join(dataDir, 'slipway.db.before-v9.part'))).toBe(false);
    expect(listBackups(join(dataDir, 'slipway.db'))).toHaveLength(1);
    await expect(core.doctor.mend('clock', never)).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  });
});

describe('a core that stays', () => {
  it('tells of each database in which something is damaged', async () => {
    const { db, folder, file: snapshots, ...opened } = await withCode();
    await opened.snapshots.letGo();
    db.close();
    const database = join(folder, 'slipway.db');
    for (const [file, pageSize] of [
      [database, 4096],
      [snapshots, 16_384],
    ] as const) {
      const bytes = readFileSync(file);
      // The second page, whatever size a page has: a root that nothing reads at an opening.
      bytes.fill(0xa5, pageSize, 2 * pageSize);
      writeFileSync(file, bytes);
    }
    const places = { database, snapshots, metrics: join(folder, 'metrics.db') };
    const told: string[] = [];
    const note = (error: unknown) => void told.push((error as Error).message);
    await new Keeper({ care, clock: systemClock, places, note }).check(never);
    expect(told).toEqual([`${database} is damaged.`, `${snapshots} is damaged.`]);
  });

  it('makes one copy a day', async () => {
    const dataDir = testFolder();
    const core = openCore(dataDir, Date.now() + 3_600_000);
    await core.backUpIfDue(never);
    await core.backUpIfDue(never);
    expect(listBackups(join(dataDir, 'slipway.db'))).toHaveLength(1);
  });
});
