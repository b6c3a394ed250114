import { spawn } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { appCommand, expect, test } from './support/app.ts';
import { expectWholeTicks, TICKS } from './support/code.ts';
import { button, createAndLaunch, expectEnd, log, runState } from './support/window.ts';

/** Names and times of all files that are the project's own: the browser engine keeps others. */
async function ownFiles(dataDir: string): Promise<string[]> {
  const names = await readdir(dataDir, { recursive: true });
  const own = names.filter((name) => !name.startsWith('electron') && !/-(wal|shm)$/.test(name));
  return Promise.all(
    own.sort().map(async (name) => `${name} ${(await stat(join(dataDir, name))).mtimeMs}`),
  );
}

/** Starts the app from outside, as a second click on its icon does; resolves with its exit status. */
async function startAnother(dataDir: string): Promise<number | null> {
  const { program, args } = appCommand(dataDir);
  const child = spawn(program, args, { stdio: 'ignore' });
  return new Promise((resolve) => child.once('exit', resolve));
}

test('a second app on the same data folder shows the first and touches nothing', async ({
  app: { electron },
  slipway,
}) => {
  await electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window!.focus = () => (window!.title += '!');
  });
  const before = await ownFiles(slipway.dataDir);
  const statuses = await Promise.all([1, 2, 3].map(() => startAnother(slipway.dataDir)));
  expect(statuses).toEqual([0, 0, 0]);
  const title = () =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => w.title));
  await expect.poll(title).toEqual(['Slipway!!!']);
  expect(await ownFiles(slipway.dataDir)).toEqual(before);
});

test('two apps on two data folders do not know of each other', async ({
  app,
  openAgain,
  folder,
}) => {
  const other = await openAgain({}, join(folder, 'other'));
  for (const { page } of [app, other]) {
    await expect(page.getByRole('heading', { name: 'Welcome', exact: true })).toBeVisible();
  }
});

test('a data folder of a newer version is left as it is, and the app says so', async ({
  folder,
  slipway,
}) => {
  await slipway.run('project', 'list');
  const file = join(slipway.dataDir, 'slipway.db');
  const db = new Database(file);
  db.pragma('user_version = 99');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const bytes = await readFile(file);
  const { status, text } = await refusedStart(folder, slipway.dataDir);
  expect(text).toContain('Slipway cannot start');
  expect(text).toContain('newer Slipway');
  expect(status).toBe(1);
  expect(await readFile(file)).toEqual(bytes);
});

test('a data folder that cannot be made is named', async ({ folder }) => {
  await writeFile(join(folder, 'file'), '');
  const { status, text } = await refusedStart(folder, join(folder, 'file', 'data'));
  expect(text).toContain(`The data folder ${folder}/file/data cannot be made`);
  expect(status).toBe(1);
});

/** Tells on stdout what a message box says, and answers it as its button would. */
const READ_BOXES = `
(function replace() {
  try {
    require('electron').dialog.showMessageBox = async (box) => {
      process.stdout.write('box: ' + JSON.stringify(box) + '\\n');
      return { response: 0 };
    };
  } catch {
    setImmediate(replace); // The process is not that far yet.
  }
})();
`;

/** Starts the app where it must refuse, and reads the message that only a person could close. */
async function refusedStart(folder: string, dataDir: string) {
  const reader = join(folder, 'read-boxes.cjs');
  await writeFile(reader, READ_BOXES);
  const { program, args } = appCommand(dataDir);
  const child = spawn(program, args, {
    env: { ...process.env, NODE_OPTIONS: `--require ${reader}` },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, text };
}

test('a window whose page process dies comes back to the same place; the run goes on', async ({
  app: { electron, page },
  slipway,
  code,
}) => {
  await slipway.run('settings', 'set', 'engine', 'process');
  await createAndLaunch(page, await code({ 'main.py': TICKS }));
  await expect(log(page)).toContainText('tick 3');
  for (let crash = 0; crash < 2; crash += 1) {
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
    );
    // Not through `page`, which ended with its process; a page that is going does not answer.
    const shown = () =>
      electron.evaluate(({ BrowserWindow }) =>
        Promise.race([
          BrowserWindow.getAllWindows()[0]!
            .webContents.executeJavaScript(`document.querySelector('[role="log"]').innerText`)
            .catch(() => ''),
          new Promise((resolve) => setTimeout(resolve, 300, '')),
        ]),
      );
    await expect.poll(shown).toContain('tick');
  }
  const [run] = await slipway.json<{ id: string; state: string }[]>('run', 'list');
  expect(run!.state).toBe('running');
  expect((await slipway.run('run', 'stop', run!.id)).status).toBe(0);
  const { stdout } = await slipway.run('run', 'logs', run!.id);
  expect(expectWholeTicks(stdout)).toBeGreaterThan(3);
});

test('a page that crashes again and again is not reloaded for ever, and that is said', async ({
  app: { electron },
  slipway,
}) => {
  await electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = async (box: unknown) => {
      Object.assign(globalThis, { told: (box as { message: string }).message });
      return { response: 0, checkboxChecked: false };
    };
  });
  const told = () => electron.evaluate(() => (globalThis as { told?: string }).told ?? '');
  await expect(async () => {
    await electron.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      if (!webContents.isCrashed() && !webContents.isLoading())
        webContents.forcefullyCrashRenderer();
    });
    expect(await told()).toContain('crashes again and again');
  }).toPass({ intervals: [200] });
  expect((await slipway.run('project', 'list')).status).toBe(0);
});

test('SIGTERM ends the app in order, and a run goes on', async ({
  app,
  openAgain,
  slipway,
  code,
}) => {
  await slipway.run('settings', 'set', 'engine', 'process');
  await createAndLaunch(app.page, await code({ 'main.py': TICKS }));
  await expect(log(app.page)).toContainText('tick 2');
  const child = app.electron.process();
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
  const { page } = await openAgain();
  await expect(runState(page)).toHaveText('Running');
  await button(page, 'Stop').click();
  await expectEnd(page, 'Stoppedstopped on request');
});
