import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessageBoxOptions } from 'electron';
import { appCommand, expect, test, type App } from './support/app.ts';
import type { Slipway } from './support/cli.ts';
import { TICKS } from './support/code.ts';
import { Desktop } from './support/desktop.ts';
import { docker } from './support/docker.ts';
import { keepTrayMenu } from './support/tray-menu.ts';

/** Ends when it is told to through its argument, as a failure; or never. */
const fails = (seconds: number): string =>
  `import sys, time\nprint("on", flush=True)\ntime.sleep(${seconds})\nsys.exit(3)\n`;

/** Leaves a run to the app. Resolves to its id. */
async function launch(slipway: Slipway, folder: string, engine = 'process'): Promise<string> {
  const { stdout } = await slipway.run(
    ...['launch', '--uri', folder, '--job-name', 'segment', '-E', 'python main.py'],
    ...['--engine', engine, '--async'],
  );
  return stdout.trim();
}

interface RunState {
  id: string;
  name: string;
  state: string;
}

const runOf = async (slipway: Slipway, id: string): Promise<RunState> =>
  (await slipway.json<RunState[]>('run', 'list')).find((run) => run.id === id)!;

const untilState = (slipway: Slipway, id: string, state: string) =>
  expect.poll(async () => (await runOf(slipway, id)).state, { timeout: 60_000 }).toBe(state);

/** Opens a link as a browser does: by starting the app once more. */
async function openLink(slipway: Slipway, link: string): Promise<void> {
  const { program, args } = appCommand(slipway.dataDir);
  const child = spawn(program, [...args, link], { stdio: 'ignore' });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
}

const isVisible = ({ electron }: App) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => w.isVisible()));

const closeWindow = ({ electron }: App) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());

/** Presses these buttons of the boxes that come, one each; what comes after them is not answered. */
async function answerBoxes({ electron }: App, ...buttons: string[]): Promise<void> {
  const stub = () =>
    electron.evaluate(({ dialog }, presses) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = async (...args: unknown[]) => {
        const box = args.at(-1) as MessageBoxOptions;
        asked.push([box.message, box.detail].join('\n'));
        const response = box.buttons!.indexOf(presses[asked.length - 1] ?? '');
        if (response < 0) await new Promise(() => undefined);
        return { response, checkboxChecked: false };
      };
    }, buttons);
  await expect(stub).toPass();
}

const boxes = ({ electron }: App) =>
  electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);

test.describe('with a desktop around it', () => {
  let desktop: Desktop;
  test.beforeEach(async () => {
    desktop = await Desktop.start({ tray: true });
  });
  test.afterEach(() => desktop.stop());

  test('the end of a run is told once, by a notification that leads to it', async ({
    openAgain,
    slipway,
    code,
  }) => {
    const { page } = await openAgain(desktop.env);
    const first = await launch(slipway, await code({ 'main.py': fails(1) }));
    const { name } = await runOf(slipway, first);
    await expect.poll(() => desktop.shown(), { timeout: 30_000 }).toBe(1);
    await desktop.clickBubble();
    await expect(page.getByRole('main')).toContainText(name);

    // One that is looked at, reached by a link, and one that the person stops: neither is told.
    const seen = await launch(slipway, await code({ 'main.py': fails(4) }));
    await openLink(slipway, `slipway://run/${seen}`);
    await expect(page.getByRole('main')).toContainText((await runOf(slipway, seen)).name);
    const stopped = await launch(slipway, await code({ 'main.py': fails(60) }));
    await untilState(slipway, stopped, 'running');
    await slipway.run('run', 'stop', stopped);
    await untilState(slipway, seen, 'failed');
    await untilState(slipway, stopped, 'stopped');

    const last = await launch(slipway, await code({ 'main.py': fails(0) }));
    const lastName = (await runOf(slipway, last)).name;
    const titles = async () => (await desktop.bubbles()).map(({ title }) => title);
    await expect
      .poll(titles, { timeout: 30_000 })
      .toEqual([`${name} failed`, `${lastName} failed`]);
    const [bubble] = await desktop.bubbles();
    expect(bubble!.body).toMatch(/^exit code 3 · segment v0 · \d+ s$/);
  });

  test('closing the window leaves it in the tray, which says what runs and brings it back', async ({
    openAgain,
    slipway,
    code,
  }) => {
    await slipway.run('settings', 'set', 'close-to-tray', 'on');
    const app = await openAgain(desktop.env);
    await keepTrayMenu(app);
    const run = await launch(slipway, await code({ 'main.py': fails(60) }));
    const { name } = await runOf(slipway, run);
    const title = async () => (await desktop.trayItems()).map((item) => item.title);
    await expect.poll(title).toEqual(['Slipway: 1 running']);
    await untilState(slipway, run, 'running');
    const labels = () =>
      app.electron.evaluate(() => {
        const { trayMenu } = globalThis as unknown as { trayMenu: Electron.Menu };
        return trayMenu.items.map(({ label }) => label).filter(Boolean);
      });
    await expect
      .poll(labels)
      .toEqual([
        ...['1 running', expect.stringMatching(new RegExp(`^${name} · \\d+ s$`))],
        ...['Show Slipway', 'New job…', 'Quit Slipway'],
      ]);

    await closeWindow(app);
    await expect.poll(() => isVisible(app)).toEqual([false]);
    await expect.poll(() => desktop.shown()).toBe(1);
    await desktop.clickTray();
    await expect.poll(() => isVisible(app)).toEqual([true]);
    await closeWindow(app);
    await expect.poll(() => isVisible(app)).toEqual([false]);
    await openLink(slipway, `slipway://run/${run}`);
    await expect.poll(() => isVisible(app)).toEqual([true]);
    await expect(app.page.getByRole('main')).toContainText(name);

    await app.electron.evaluate(() => {
      const { trayMenu } = globalThis as unknown as { trayMenu: Electron.Menu };
      trayMenu.items[1]!.submenu!.items.find(({ label }) => label === 'Stop')!.click();
    });
    await untilState(slipway, run, 'stopped');
    await expect.poll(title).toEqual(['Slipway: Nothing is running']);
    const told = (await desktop.bubbles()).map((bubble) => bubble.title);
    expect(told).toEqual(['Slipway goes on in the tray']);
  });
});

test('without a tray and without notifications, closing the window quits', async ({
  openAgain,
  slipway,
  code,
}) => {
  await slipway.run('settings', 'set', 'close-to-tray', 'on');
  const app = await openAgain({ DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: '' });
  let said = '';
  app.electron.process().stderr!.on('data', (text: Buffer) => (said += text.toString()));
  const run = await launch(slipway, await code({ 'main.py': fails(0) }));
  await untilState(slipway, run, 'failed');
  await expect.poll(() => said).toContain('this system shows no notifications');
  const exited = new Promise((resolve) => app.electron.process().once('exit', resolve));
  await closeWindow(app);
  expect(await exited).toBe(0);
});

test('quitting with a run going asks once: kept, it goes on; stopped, it ends first', async ({
  openAgain,
  slipway,
  code,
}) => {
  let app = await openAgain();
  const run = await launch(slipway, await code({ 'main.py': TICKS }), 'docker');
  await untilState(slipway, run, 'running');
  const [container] = await docker.containersOf([run]);
  const isUp = async () =>
    (await docker.command('inspect', '--format', '{{.State.Running}}', container!)) === 'true';

  await answerBoxes(app);
  await closeWindow(app);
  await app.electron.evaluate(({ app: own }) => own.quit());
  await expect.poll(() => boxes(app)).toHaveLength(1);
  expect(await boxes(app)).toEqual([expect.stringContaining((await runOf(slipway, run)).name)]);
  const exited = () => new Promise((resolve) => app.electron.process().once('exit', resolve));
  let end = exited();
  app.electron.process().kill('SIGTERM');
  expect(await end).toBe(0);
  expect(await isUp()).toBe(true);

  const lines = async () => (await slipway.run('run', 'logs', run)).stdout.split('\n').length;
  const before = await lines();
  app = await openAgain();
  // It is asked about runs that the app follows.
  await expect.poll(lines).toBeGreaterThan(before);
  await answerBoxes(app, 'Cancel', 'Stop it');
  await app.electron.evaluate(({ app: own }) => own.quit());
  await expect.poll(() => boxes(app)).toHaveLength(1);
  expect(await isUp()).toBe(true);
  end = exited();
  await app.page.evaluate(() => window.slipway.commands.quit({}));
  expect(await end).toBe(0);
  expect((await runOf(slipway, run)).state).toBe('stopped');
  expect(await docker.containersOf([run])).toEqual([]);
});

test('the window is as it was: place, size, zoom; its menus do what its commands do', async ({
  app,
  openAgain,
  slipway,
}) => {
  const bounds = { x: 120, y: 90, width: 1000, height: 640 };
  await app.electron.evaluate(({ BrowserWindow }, place) => {
    BrowserWindow.getAllWindows()[0]!.setBounds(place);
  }, bounds);
  const zoom = (step: 'in' | 'out' | 'reset') =>
    app.page.evaluate((one) => window.slipway.commands.zoom({ step: one }), step);
  await zoom('in');
  expect(await zoom('in')).toMatchObject({ ok: true, value: { percent: 125 } });
  const choose = (id: string) =>
    app.electron.evaluate(({ Menu }, item) => {
      Menu.getApplicationMenu()?.getMenuItemById(item)?.click();
    }, id);
  await expect(async () => {
    await choose('goRuns');
    await expect(app.page.getByRole('heading', { name: 'Runs', exact: true })).toBeVisible({
      timeout: 500,
    });
  }).toPass();
  await app.close();

  const again = await openAgain();
  const place = () =>
    again.electron.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      return { ...window.getBounds(), zoom: window.webContents.getZoomFactor() };
    });
  await expect.poll(place).toMatchObject({ width: 1000, height: 640, zoom: 1.25 });
  await again.close();

  const file = join(slipway.dataDir, 'window.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ zoomPercent: 125 });
  await writeFile(file, '{"x":90000,"y":1e99,"width":"wide","zoomPercent":null');
  const { electron } = await openAgain();
  const size = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.getSize(),
  );
  expect(size).toEqual([1200, 780]);
});

test('a link to nothing says so, and a page that hangs is brought back', async ({
  app,
  slipway,
}) => {
  await answerBoxes(app, 'OK', 'Reload');
  await openLink(slipway, 'slipway://run/nowhere');
  await expect.poll(() => boxes(app)).toEqual([expect.stringContaining('There is no such run')]);
  await app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    void window.webContents.executeJavaScript('for (;;);');
    window.emit('unresponsive');
    window.emit('unresponsive');
  });
  await expect.poll(() => boxes(app)).toHaveLength(2);
  const isReady = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]!
          .webContents.executeJavaScript(`document.documentElement.dataset.ready`)
          .catch(() => ''),
        new Promise((resolve) => setTimeout(resolve, 300, '')),
      ]),
    );
  await expect.poll(isReady).toBe('true');
});
