import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { button, goTo } from './support/window.ts';

const NAMES = ['birch', 'ash', 'cedar'];

/** What the first column says, from top to bottom. */
const shown = (page: Page) => page.locator('[data-index] > :first-child');

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('runs are sorted, filtered, selected, marked and put away; the table stays as it was left', async ({
  app: { page },
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': 'print(1)\n' });
  for (const name of NAMES) {
    const target = ['-u', folder, '-J', 'trees', '-E', 'python main.py', '--name', name];
    const { status, stderr } = await slipway.run('launch', ...target, '--engine', 'process');
    expect(status, stderr).toBe(0);
  }
  await goTo(page, 'Runs');
  await expect(shown(page)).toHaveText(['cedar', 'ash', 'birch']);
  await page.getByRole('columnheader', { name: 'Run' }).getByRole('button').click();
  await expect(shown(page)).toHaveText(['ash', 'birch', 'cedar']);

  await row(page, 'ash').click();
  await expect(page.getByRole('complementary', { name: 'Run ash' })).toContainText('trees v0');
  await page.keyboard.press('Shift+ArrowDown');
  const bar = page.getByRole('toolbar', { name: 'Selected runs' });
  await expect(bar).toContainText('2 selected');
  await bar.getByRole('button', { name: 'Star' }).click();
  await button(page, 'Starred runs alone').click();
  await expect(shown(page)).toHaveText(['ash', 'birch']);
  await row(page, 'birch').click();
  await page.keyboard.press('Delete');
  await expect(shown(page)).toHaveText(['ash']);
  await page.getByRole('list', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  await expect(shown(page)).toHaveText(['ash', 'birch']);

  await row(page, 'birch').dblclick();
  await expect(page.getByRole('heading', { name: 'birch' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(shown(page)).toHaveText(['ash', 'birch']);
  await button(page, 'Remove Starred').click();
  await page.getByRole('columnheader', { name: 'Creator' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Hide' }).click();
  await page.reload();
  await expect(shown(page)).toHaveText(['ash', 'birch', 'cedar']);
  await expect(page.getByRole('columnheader', { name: 'Creator' })).toHaveCount(0);
});
