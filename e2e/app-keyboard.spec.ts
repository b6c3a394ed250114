import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { TICKS } from './support/code.ts';
import { answerFolderDialog, expectEnd, log, runState } from './support/window.ts';

/** What has the focus, by its role or tag and its name. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    const label = element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label');
    return (label ?? element?.textContent ?? '').trim();
  });

/** Presses Tab until what has the focus is named so; fails when a whole round did not meet it. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    seen.push(now);
  }
  throw new Error(`Tab never met ${String(name)}: ${seen.join(' | ')}`);
}

/** Whether what has the focus shows it: a ring of its own, or one drawn over it. */
const showsFocus = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const element = document.activeElement!;
    const styles = [
      getComputedStyle(element),
      ...[element, element.parentElement!].map((owner) => getComputedStyle(owner, '::after')),
    ];
    return styles.some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none');
  });

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Find a command' }).waitFor();
}

test('a job is made, launched, watched and stopped without the mouse', async ({
  app,
  slipway,
  code,
}) => {
  await slipway.run('settings', 'set', 'engine', 'process');
  const { page } = app;
  await answerFolderDialog(app, await code({ 'main.py': TICKS }));
  await page.keyboard.press('Control+n');
  await page.getByRole('region', { name: 'Preview' }).waitFor();
  await tabTo(page, 'Job name');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('by-keys');
  await tabTo(page, 'Create job');
  expect(await showsFocus(page)).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'by-keys' })).toBeVisible();

  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await tabTo(page, /^Run settings/);
  await page.keyboard.press('Enter');
  await tabTo(page, 'Run name');
  await page.keyboard.type('first');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'first' })).toBeVisible();
  await expect(log(page)).toContainText('tick 5');

  await tabTo(page, 'Log of first');
  expect(await showsFocus(page)).toBe(true);
  await page.keyboard.press('Home');
  await expect(log(page)).toContainText('start');
  await page.keyboard.press('End');
  await page.keyboard.press('Control+.');
  await expectEnd(page, 'Stoppedstopped on request');
});

test('tables, tabs and going back are driven by keys', async ({ app: { page }, slipway, code }) => {
  const make = (name: string, folder: string) =>
    slipway.run('launch', '-u', folder, '-J', name, '-E', 'python main.py', '--engine', 'process');
  await make('alpha', await code({ 'main.py': 'print(1)\n' }));
  await make('beta', await code({ 'main.py': 'print(2)\n' }));
  const rows = page.getByRole('row');
  await expect(rows.filter({ hasText: 'alpha' })).toContainText('Finished');

  await page.keyboard.press('Control+f');
  await page.keyboard.type('alp');
  await expect(rows.filter({ hasText: 'beta' })).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'alpha' })).toBeVisible();
  await tabTo(page, /^Runs/);
  for (const name of [/^Sweeps/, 'Job details']) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Jobs', exact: true })).toBeVisible();
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { name: 'Runs', exact: true })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('heading', { name: 'Jobs', exact: true })).toBeVisible();

  // Two runs side by side, and back.
  await page.keyboard.press('Alt+ArrowRight');
  await expect(rows.filter({ hasText: 'beta' })).toBeVisible();
  await tabTo(page, /beta/);
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+Shift+X');
  await expect(page.getByRole('heading', { name: /^Compar/ })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('alpha');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Runs', exact: true })).toBeVisible();
});

test('the palette finds commands, jobs and runs; a dialog gives the focus back', async ({
  app: { page },
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': 'print(1)\n' });
  await slipway.run(
    'launch',
    '-u',
    folder,
    '-J',
    'alpha',
    '-E',
    'python main.py',
    '--engine',
    'process',
  );
  await expect(page.getByRole('row').filter({ hasText: 'alpha' })).toContainText('Finished');
  await openPalette(page);
  await page.keyboard.type('alpha');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'alpha' })).toBeVisible();
  await openPalette(page);
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await tabTo(page, 'Launch…');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect.poll(() => focused(page)).toBe('Launch…');
});

test('a run of a row is opened by Enter and told to a screen reader', async ({
  app: { page },
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': 'exit(2)\n' });
  await slipway.run(
    'launch',
    '-u',
    folder,
    '-J',
    'alpha',
    '-E',
    'python main.py',
    '--engine',
    'process',
  );
  await page.keyboard.press('Control+2');
  const row = page.getByRole('row').filter({ hasText: 'alpha' });
  await expect(row).toContainText('Failed');
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(runState(page)).toHaveText('Failedexit code 2');
  await expect(
    page.getByRole('complementary').getByRole('button', { name: 'Runs' }),
  ).toHaveAttribute('aria-current', 'page');
});
