import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { appCommand, expect, test } from './support/app.ts';
import { goTo } from './support/window.ts';

const LOCKED_MS = 1500;

/** What the preload script gives the page. */
interface Page {
  slipway: { commands: { createProject(input: { name: string }): Promise<unknown> } };
}

/** Answers every question of the app with its first button, and writes down what was asked. */
const answering = (answers: string): string => `
  setImmediate(() => {
    let electron;
    try { electron = require('electron'); } catch { return; }
    if (!electron.dialog) return;
    electron.dialog.showMessageBox = async (box) => {
      require('node:fs').writeFileSync(${JSON.stringify(answers)}, JSON.stringify(box));
      return { response: 0, checkboxChecked: false };
    };
  });
`;

test('a damaged database is kept, and its newest backup stands in for it', async ({
  slipway,
  folder,
}) => {
  await slipway.run('queue', 'create', 'kept');
  const database = join(slipway.dataDir, 'slipway.db');
  const backups = join(slipway.dataDir, 'backups');
  // As the app makes it when the database is older; one of today, so that no command makes another.
  const db = new Database(database);
  const now = new Date().toISOString();
  const copy = join(backups, `slipway.db.${now.slice(0, -1).replaceAll(/[:.]/g, '-')}`);
  await mkdir(backups);
  db.prepare('VACUUM INTO ?').run(copy);
  db.close();
  await slipway.run('queue', 'create', 'lost');
  await truncate(database, 8192);
  const damaged = await readFile(database);
  const [stub, answers] = [join(folder, 'answer.cjs'), join(folder, 'asked.json')];
  await writeFile(stub, answering(answers));
  const { program, args } = appCommand(slipway.dataDir);
  const env = { ...process.env, NODE_OPTIONS: `--require ${stub}` };
  const app = spawn(program, args, { env, stdio: 'ignore' });
  const exited = new Promise((resolve) => app.once('exit', resolve));
  // It was answered, and the app has opened what stands in.
  const isOpen = async () => (await readdir(slipway.dataDir)).includes('slipway.db-wal');
  await expect.poll(isOpen).toBe(true);
  app.kill('SIGTERM');
  await exited;
  const asked = JSON.parse(await readFile(answers, 'utf8')) as {
    message: string;
    buttons: string[];
  };
  expect(asked.message).toContain('slipway.db is damaged');
  expect(asked.buttons[0]).toMatch(/^Restore the backup of ./);
  expect(asked.buttons.slice(1)).toEqual(['Begin empty', 'Quit']);
  const { stdout } = await slipway.run('queue', 'list');
  expect(stdout).toContain('kept');
  expect(stdout).not.toContain('lost');
  const aside = (await readdir(slipway.dataDir)).find((name) => /\.damaged-[0-9T-]+$/.test(name));
  expect((await readFile(join(slipway.dataDir, aside!))).equals(damaged)).toBe(true);
});

test('while another program keeps the database locked, the window answers and then goes on', async ({
  app: { electron, page },
  slipway,
}) => {
  const banner = page.getByRole('status', { name: 'This machine' });
  const other = new Database(join(slipway.dataDir, 'slipway.db'));
  other.exec('BEGIN EXCLUSIVE');
  // A request that writes is under way all the while.
  const name = 'after-the-lock';
  const made = page.evaluate(
    (project) => (globalThis as unknown as Page).slipway.commands.createProject({ name: project }),
    name,
  );
  await expect(banner).toContainText('locked');
  // The main process answers, and what is read is there.
  expect(await electron.evaluate(({ app }) => app.getName())).toBeTruthy();
  await goTo(page, 'Runs');
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible();
  await page.waitForTimeout(LOCKED_MS);
  other.exec('ROLLBACK');
  other.close();
  expect(await made).toMatchObject({ ok: true });
  await expect(banner).toHaveCount(0);
  expect((await slipway.run('project', 'list')).stdout).toContain(name);
});
