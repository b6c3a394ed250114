import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { test as base } from './cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** An app that does not end is ended, so that one failure does not become that of all tests after it. */
const CLOSE_LIMIT = 30_000;
const EXECUTABLE = process.env['SLIPWAY_TEST_ELECTRON']!;

/** The real app on a data folder. `close` ends it in order; `kill` as kill -9 does. */
export interface App {
  electron: ElectronApplication;
  page: Page;
  close(): Promise<void>;
  kill(): Promise<void>;
}

/** The program and its arguments that open the app on a data folder. */
export function appCommand(dataDir: string): { program: string; args: string[] } {
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { program: EXECUTABLE, args: [...noSandbox, ROOT, `--data-dir=${dataDir}`] };
}

export async function openApp(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<App> {
  const { program, args } = appCommand(dataDir);
  const electron = await _electron.launch({
    executablePath: program,
    args,
    env: { ...process.env, ...env } as Record<string, string>,
  });
  const child = electron.process();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  // Not Playwright's close, which also waits for every process that inherited a stream of the app's.
  const close = async () => {
    const quit = electron.evaluate(({ app, dialog }) => {
      // What is asked when runs go on: the first button keeps them.
      dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
      app.quit();
    });
    await quit.catch(() => undefined);
    const ended = await Promise.race([exited.then(() => true), sleep(CLOSE_LIMIT, false)]);
    if (ended) return;
    await kill();
    throw new Error('the app did not end when it was asked to');
  };
  const page = await electron.firstWindow();
  await untilReady(page);
  return { electron, page, close, kill };
}

/** Resolves when the first useful screen is drawn. */
export const untilReady = (page: Page): Promise<void> =>
  page.locator('html[data-ready="true"]').waitFor({ timeout: 90_000 });

/** Opens the app as often as the test wants; what is still open after it is closed. */
export type OpenApp = (env?: NodeJS.ProcessEnv, dataDir?: string) => Promise<App>;

export const test = base.extend<{ app: App; openAgain: OpenApp }>({
  openAgain: async ({ slipway }, use) => {
    const opened: App[] = [];
    await use(async (env, dataDir = slipway.dataDir) => {
      const app = await openApp(dataDir, env);
      opened.push(app);
      return app;
    });
    for (const app of opened) await app.close();
  },
  app: async ({ openAgain }, use) => use(await openAgain()),
});

export { expect } from '@playwright/test';
