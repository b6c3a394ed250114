import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { writeRun } from './support/tracked.ts';
import { button, drag, dropFolders, leaveDrag } from './support/window.ts';

const JOB = { 'main.py': 'print("first")\n' };

/** Makes a job from the terminal. */
const makeJob = async (slipway: { run(...words: string[]): Promise<unknown> }, folder: string) => {
  await slipway.run('settings', 'set', 'engine', 'process');
  await slipway.run('job', 'create', 'code', folder, '-n', 'hello', '-E', 'python main.py');
};

/** Moves a folder over the middle of something, or lets it go there. */
async function dragOver(page: Page, over: Locator, folder: string, drop: boolean): Promise<void> {
  const { x, y, width, height } = (await over.boundingBox())!;
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', ...(drop ? ['drop' as const] : [])] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: x + width / 2,
      y: y + height / 2,
      data,
    });
  }
  await session.detach();
}

test('a folder dropped on a job, or on its row, becomes its next version', async ({
  app: { page },
  slipway,
  code,
}) => {
  const folder = await code(JOB);
  await makeJob(slipway, folder);
  await appendFile(join(folder, 'main.py'), 'print("second")\n');
  const row = page.getByRole('row', { name: /^hello/ });
  await row.waitFor();
  await dragOver(page, row, folder, false);
  await expect(page.getByText('New version of hello')).toBeVisible();
  await leaveDrag(page);
  await expect(page.getByText('New version of hello')).toBeHidden();
  await dragOver(page, row, folder, true);
  await expect(page.getByRole('heading', { name: 'New version of hello' })).toBeVisible();
  await expect(page.getByLabel('Job name')).toHaveValue('hello');
  await button(page, 'Create version').click();
  await expect(page.getByRole('heading', { name: 'hello', exact: true })).toBeVisible();
  const { job } = await slipway.json<{ job: { latestVersion: number } }>(
    'job',
    'describe',
    'hello',
  );
  expect(job.latestVersion).toBe(1);
  await drag(page, [folder], 'dragEnter', 'dragOver');
  await expect(page.getByText('New version of hello')).toBeVisible();
  await leaveDrag(page);
});

test('folders of tracked runs lead to their import, beside code and alone', async ({
  app: { page },
  slipway,
  code,
}) => {
  const folder = await code({ 'train.py': 'print(1)\n' });
  const runFolder = await writeRun(folder, {
    id: 'aaa111',
    config: { lr: 0.1 },
    code: { 'train.py': 'print(1)\n' },
  });
  await dropFolders(page, [folder]);
  await expect(page.getByText('It also holds 1 tracked run')).toBeVisible();
  await dropFolders(page, [runFolder]);
  await expect(page.getByText('holds 1 run')).toBeVisible();
  await button(page, 'Import 1 run').click();
  await expect(page.getByRole('region', { name: 'Import report' })).toContainText('1 imported');
  const runs = await slipway.json<{ name: string }[]>('run', 'list');
  expect(runs.map(({ name }) => name)).toEqual(['named-aaa111']);
});

test('a file is named and refused, the link of a repository opens it, words do not', async ({
  app: { page },
  code,
}) => {
  const folder = await code({ 'notes.txt': 'x' });
  await dropFolders(page, [join(folder, 'notes.txt')]);
  await expect(page.getByText('notes.txt was left out.')).toBeVisible();
  const dropText = async (text: string) => {
    const session = await page.context().newCDPSession(page);
    const data = { items: [{ mimeType: 'text/plain', data: text }], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data });
    }
    await session.detach();
  };
  await dropText('just words');
  await expect(page.getByRole('list', { name: 'Notices' })).toContainText('neither a folder nor');
  await dropText('https://127.0.0.1:9/team/code.git');
  await expect(page.getByLabel('Address')).toHaveValue('https://127.0.0.1:9/team/code.git');
});
