import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { button, expectEnd, log } from './support/window.ts';

test.beforeEach(async ({ slipway }) => {
  // What a newcomer has for certain.
  await slipway.run('settings', 'set', 'engine', 'process');
});

async function expectExample(page: Page): Promise<void> {
  await expect(log(page)).toContainText('hello from Python');
  await expect(log(page)).toContainText('step 5/5');
  await expectEnd(page, /^Finished/);
}

test('a newcomer gets to a finished run with one click', async ({ app: { page }, slipway }) => {
  await expect(page.getByRole('heading', { name: 'Runs you can repeat' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('status')).toContainText(/Ready: jobs run/);
  await button(page, 'Run the example').click();
  await expectExample(page);
  expect(await slipway.json('job', 'list')).toEqual([expect.objectContaining({ name: 'hello' })]);
  // From now on there are jobs to be shown.
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('row', { name: /^hello/ })).toContainText('Finished');
});

test('the same with the keyboard alone, and the first page comes back by its command', async ({
  app: { page },
}) => {
  await page.getByRole('heading', { name: 'Runs you can repeat' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Find a command' }).waitFor();
  await page.keyboard.type('example');
  await page.keyboard.press('Enter');
  await expectExample(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Find a command' }).waitFor();
  await page.keyboard.type('welcome');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
});
