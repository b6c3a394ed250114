import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { test as base } from './cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The real app on a data folder. `restart` closes it in order; `kill` as kill -9 does. */
export interface App {
  electron: ElectronApplication;
  page: Page;
  close(): Promise<void>;
  kill(): Promise<void>;
}

export async function openApp(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<App> {
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron = await _electron.launch({
    executablePath: process.env['SLIPWAY_TEST_ELECTRON']!,
    args: [...noSandbox, ROOT, `--data-dir=${dataDir}`],
    env: { ...process.env, ...env } as Record<string, string>,
  });
  const page = await electron.firstWindow();
  await page.locator('html[data-ready="true"]').waitFor();
  const exited = new Promise<void>((resolve) => electron.process().once('exit', () => resolve()));
  return {
    electron,
    page,
    close: () => electron.close(),
    kill: async () => {
      electron.process().kill('SIGKILL');
      await exited;
    },
  };
}

/** Drops folders on the window as the desktop does: real files, with paths only the preload sees. */
export async function dropFolders(page: Page, folders: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: folders, dragOperationsMask: 1 };
  const at = { x: 600, y: 400, data };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at });
  }
  await session.detach();
}

export const test = base.extend<{ app: App; openAgain: () => Promise<App> }>({
  app: async ({ slipway }, use) => {
    const app = await openApp(slipway.dataDir);
    await use(app);
    await app.close().catch(() => undefined);
  },
  openAgain: async ({ slipway }, use) => {
    const opened: App[] = [];
    await use(async () => {
      const app = await openApp(slipway.dataDir);
      opened.push(app);
      return app;
    });
    for (const app of opened) await app.close().catch(() => undefined);
  },
});

export { expect } from '@playwright/test';
