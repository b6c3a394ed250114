import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { App } from './app.ts';

type DragStep = 'dragEnter' | 'dragOver' | 'drop';

/** Moves real files over the window as the desktop does, with paths only the preload sees. */
export async function drag(page: Page, files: string[], ...steps: DragStep[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of steps) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await session.detach();
}

/** Ends a drag without a drop. The debugger's own way tells the page nothing, unlike a desktop. */
export const leaveDrag = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true })));

/** Drops folders (or whatever the paths are) on the window. */
export const dropFolders = (page: Page, paths: string[]): Promise<void> =>
  drag(page, paths, 'dragEnter', 'dragOver', 'drop');

/** Answers the system's folder dialog from now on; null is its Cancel. Other windows cannot be driven. */
export async function answerFolderDialog({ electron }: App, folder: string | null): Promise<void> {
  // Tried again: an answer of a busy main process is sometimes collected as garbage on its way.
  await expect(() =>
    electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({
        canceled: path === null,
        filePaths: path ? [path] : [],
      });
    }, folder),
  ).toPass();
}

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

/** Drops a folder and waits until what it holds is shown. */
export async function newJob(page: Page, folder: string): Promise<void> {
  await dropFolders(page, [folder]);
  await page.getByRole('region', { name: 'Preview' }).waitFor();
}

/** From a folder to a run of it on the screen, by the shortest way. */
export async function createAndLaunch(page: Page, folder: string): Promise<void> {
  await newJob(page, folder);
  await button(page, 'Create and launch').click();
  await page.getByRole('tab', { name: 'Log' }).waitFor();
}

/** Launches from the job or run on the screen, through its dialog, and waits for the new run's page. */
export async function launch(page: Page, engine?: string): Promise<void> {
  await button(page, /^Launch( with changes)?…$/)
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  if (engine) {
    await dialog.getByRole('button', { name: /^Run settings/ }).click();
    await dialog.getByRole('radio', { name: new RegExp(`^${engine}`) }).check({ force: true });
  }
  await dialog.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('tab', { name: 'Log' }).waitFor();
}

/** The line that says how the run on the screen stands, and why. */
export const runState = (page: Page): Locator =>
  page.getByRole('region', { name: 'State' }).getByRole('status');

/** The log on the screen. Only the visible lines exist in the page. */
export const log = (page: Page): Locator => page.getByRole('log', { name: /^Log of / });

/** Waits for the end of the run on the screen. */
export async function expectEnd(page: Page, text: string | RegExp): Promise<void> {
  await expect(runState(page)).toHaveText(text, { timeout: 60_000 });
}

/** Opens a page of the app by its name in the sidebar. */
export const goTo = (page: Page, name: 'Jobs' | 'Runs' | 'Bin' | 'Settings'): Promise<void> =>
  page.getByRole('complementary').getByRole('button', { name, exact: true }).click();
