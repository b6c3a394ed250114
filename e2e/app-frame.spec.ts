import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { button } from './support/window.ts';

const launchWords = (folder: string, name: string) =>
  ['launch', '-u', folder, '-J', name, '-E', 'python main.py', '--engine', 'process'] as const;

async function find(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Find a command' }).waitFor();
  await page.keyboard.type(words);
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

test('the palette goes to every kind of place, and the sheet tells every shortcut', async ({
  app: { page },
  slipway,
  code,
}) => {
  await slipway.run(
    ...launchWords(await code({ 'main.py': 'print(1)\n' }), 'alpha'),
    '--name',
    'r1',
  );
  await page.getByRole('row', { name: /^alpha/ }).waitFor();
  await find(page, 'notif');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Notifications')).toBeInViewport();
  await find(page, 'r1');
  await expect(page.getByRole('menuitem', { name: /^r1 Finished/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'r1')).toBeVisible();
  // What was used last comes first, before anything is typed.
  await find(page, '');
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('menuitem')).toHaveText([
    /^r1/,
    /^Settings: Notifications/,
  ]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByRole('region', { name: 'Go to' })).toContainText('JobsCtrl+1');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('projects are made and switched; the window comes back where it was', async ({
  app: { page },
  slipway,
  code,
}) => {
  await slipway.run(...launchWords(await code({ 'main.py': 'print(1)\n' }), 'alpha'));
  await page.getByRole('row', { name: /^alpha/ }).waitFor();
  await page.keyboard.press('Control+3');
  await button(page, 'New project').click();
  await page.keyboard.type('my project');
  await page.keyboard.press('Enter');
  await button(page, 'Use my_project').click();
  await button(page, 'Create project').click();
  await expect(page.getByRole('button', { name: 'Project: my_project' })).toBeVisible();
  await page.keyboard.press('Control+3');
  await page.getByRole('row', { name: /^default/ }).click();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('alp');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.reload();
  const row = page.getByRole('row', { name: /^alpha/ });
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('searchbox', { name: 'Filter jobs' })).toHaveValue('alp');
  await row.focus();
  await page.keyboard.press('Delete');
  await expect(heading(page, 'Runs you can repeat')).toBeVisible();
  await button(page, 'Undo').click();
  await expect(row).toBeVisible();
});

test('a setting is kept at once, and a changed shortcut works', async ({
  app: { page },
  slipway,
}) => {
  await page.keyboard.press('Control+,');
  await page.getByRole('radio', { name: 'Never' }).check({ force: true });
  await expect(page.getByText('Saved')).toBeVisible();
  expect(await slipway.json('settings', 'list')).toMatchObject({ notify: 'never' });
  await button(page, /^Shortcut of Engine/).click();
  await page.keyboard.press('Control+Alt+e');
  await expect(button(page, /^Shortcut of Engine: Ctrl\+Alt\+E/)).toBeVisible();
  await page.keyboard.press('Control+Alt+e');
  await expect(heading(page, 'Engine')).toBeVisible();
  await page.mouse.move(600, 400);
  await page.keyboard.press('Escape');
  await expect(heading(page, 'Settings')).toBeVisible();
});
