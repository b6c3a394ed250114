import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { button, goTo } from './support/window.ts';

const MAIN = `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
for step in range(20):
    print(f"step={step} loss={args.lr * (20 - step)}")
`;

/** Presses Tab until a row of the list has the focus. */
async function tabToRow(page: Page): Promise<void> {
  const row = page.locator('[role="row"]:focus');
  for (let presses = 0; presses < 60 && (await row.count()) === 0; presses += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(row).toHaveCount(1);
}

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

test('two runs are compared, marked, binned and restored without the mouse', async ({
  openAgain,
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': MAIN });
  const launch = (name: string, lr: string) =>
    slipway.json(
      'launch',
      ...['--uri', folder, '--job-name', 'compared', '--name', name],
      ...['--entry-point', 'python main.py', '--engine', 'process', '--param', `lr=${lr}`],
    );
  await launch('first-try', '0.1');
  await launch('second-try', '0.5');
  const { page } = await openAgain();
  const { keyboard } = page;

  // The newest run is the first row.
  await keyboard.press('Control+2');
  await page.getByRole('row', { name: /second-try/ }).waitFor();
  await tabToRow(page);
  await keyboard.press('Enter');
  await title(page, 'second-try').waitFor();

  await keyboard.press('Control+d');
  await expect(button(page, 'Remove the star of second-try')).toBeVisible();
  await keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name of the run' }).waitFor();
  await keyboard.type('large-lr');
  await keyboard.press('Enter');
  await title(page, 'large-lr').waitFor();
  await keyboard.press('Control+Shift+T');
  await page.getByRole('combobox', { name: 'New tag' }).waitFor();
  await keyboard.type('baseline');
  await keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Tags' })).toContainText('baseline');
  await keyboard.press('Escape');

  await keyboard.press('Control+Shift+X');
  await expect(page.getByRole('searchbox', { name: 'Find a run' })).toBeFocused();
  await keyboard.type('first');
  await keyboard.press('Enter');
  await title(page, 'Compare 2 runs').waitFor();
  const lr = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'lr' }) });
  await expect(lr.first().getByRole('gridcell').first()).toHaveText('0.5');
  await expect(lr.first().getByRole('gridcell').nth(1)).toHaveText(/differs: 0\.1$/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: test.info().outputPath(`compare-${colorScheme}.png`) });
  }

  await keyboard.press('Escape');
  await title(page, 'large-lr').waitFor();
  await keyboard.press('Control+Shift+Backspace');
  await expect(page.getByText('Moved large-lr to the bin.')).toBeVisible();
  await button(page, 'Undo').press('Enter');
  await expect(page.getByRole('row', { name: /large-lr/ })).toBeVisible();

  const [run] = await slipway.json<
    [{ id: string; name: string; starred: boolean; tags: string[] }]
  >(...['run', 'list']);
  expect(run).toMatchObject({ name: 'large-lr', starred: true, tags: ['baseline'] });
  await slipway.run('run', 'bin', run.id);
  await expect(page.getByRole('row', { name: /large-lr/ })).toBeHidden();
  await goTo(page, 'Bin');
  await button(page, 'Restore large-lr').press('Enter');
  await expect(page.getByRole('heading', { name: 'The bin is empty' })).toBeVisible();
});
