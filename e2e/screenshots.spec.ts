import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test, type App } from './support/app.ts';
import { fillGallery } from './support/gallery.ts';
import { button, drag, goTo, leaveDrag, log, newJob } from './support/window.ts';

interface Size {
  width: number;
  height: number;
}

/** As it opens the first time, and as small as it gets. */
const SIZES: readonly Size[] = [
  { width: 1200, height: 780 },
  { width: 900, height: 600 },
];
const THEMES = ['light', 'dark'] as const;
/** The pictures of the README, at the first size. They change only when that is asked for. */
const IN_README = ['run-light', 'jobs-light', 'jobs-dark', 'new-job-light', 'sweep-light'];
const README_FOLDER = join(import.meta.dirname, '..', 'docs', 'screenshots');
const keepForReadme = process.env['SLIPWAY_UPDATE_SCREENSHOTS'] !== undefined;

type Theme = (typeof THEMES)[number];

async function show({ electron, page }: App, content: Size, theme: Theme) {
  // Playwright stands in for the system's choice of a theme.
  await page.emulateMedia({ colorScheme: theme });
  await expect(() =>
    electron.evaluate(({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]!.setContentSize(size.width, size.height);
    }, content),
  ).toPass();
  await expect
    .poll(() => page.evaluate(() => ({ width: innerWidth, height: innerHeight })))
    .toEqual(content);
}

/** The palette's list is moved by the arrow keys of its search field, so it needs no focus of its own. */
const MOVED_FROM_OUTSIDE = 'scrollable-region-focusable';

async function seriousFindings(page: Page, name: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (name === 'palette') axe.disableRules(MOVED_FROM_OUTSIDE);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`,
    );
}

/** Nothing is wider than the window, and nothing that is on the screen is cut off at its edge. */
const overflow = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

/** Takes the screen as it is in both sizes and themes, and looks for what shuts people out. */
async function take(app: App, name: string): Promise<void> {
  const { page } = app;
  for (const size of SIZES) {
    for (const theme of THEMES) {
      await show(app, size, theme);
      const picture = `${name}-${theme}`;
      const file = `${picture}-${size.width}.png`;
      await page.screenshot({
        path: test.info().outputPath(file),
        animations: 'disabled',
        caret: 'hide',
      });
      if (keepForReadme && size === SIZES[0] && IN_README.includes(picture)) {
        await mkdir(README_FOLDER, { recursive: true });
        await page.screenshot({
          path: join(README_FOLDER, `${picture}.png`),
          animations: 'disabled',
          caret: 'hide',
        });
      }
      expect.soft(await overflow(page), file).toBe(false);
      if (size === SIZES[0]) expect.soft(await seriousFindings(page, name), file).toEqual([]);
    }
  }
  await show(app, SIZES[0]!, 'light');
}

test('every screen, in both themes and sizes, with real data', async ({ openAgain, slipway }) => {
  test.setTimeout(600_000);
  const app = await openAgain();
  const { page } = app;
  await take(app, 'start');
  await goTo(page, 'Runs');
  await page.getByText('No runs yet').waitFor();
  await take(app, 'runs-empty');
  await goTo(page, 'Jobs');

  const { root, training } = await fillGallery(slipway);
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: 'digits-classifier' })).toContainText(
    'Running',
  );
  await take(app, 'jobs');
  await newJob(page, join(root, 'digits-classifier'));
  await take(app, 'new-job');
  await page.getByLabel('Entry point').fill('python trian.py');
  await page.getByLabel('Job name').fill('digits classifier');
  await button(page, 'Create job').click();
  await page.getByRole('alert').first().waitFor();
  await take(app, 'new-job-error');
  await button(page, 'Cancel').click();
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Find a command' }).waitFor();
  await take(app, 'palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await take(app, 'shortcuts');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+3');
  await page.getByRole('row', { name: /^default/ }).waitFor();
  await take(app, 'projects');
  await goTo(page, 'Jobs');
  await drag(page, [join(root, 'digits-classifier')], 'dragEnter', 'dragOver');
  await take(app, 'drop');
  await leaveDrag(page);
  await takeJob(app);
  await takeRuns(app);
  await takeSweep(app);
  await page.getByRole('button', { name: /^Engine:/ }).click();
  await page.getByRole('list', { name: 'Checks' }).waitFor();
  await take(app, 'engine');
  await goTo(page, 'Settings');
  await page.getByLabel('Base image').waitFor();
  await take(app, 'settings');
  training.child.kill('SIGINT');
  await training.ended;
  await rm(root, { recursive: true });
});

async function takeJob(app: App): Promise<void> {
  const { page } = app;
  await page.getByRole('row').filter({ hasText: 'digits-classifier' }).dblclick();
  await page.getByRole('tab', { name: /^Runs/ }).waitFor();
  await take(app, 'job-runs');
  await page.getByRole('tab', { name: 'Job details' }).click();
  await take(app, 'job-details');
  await page.getByRole('tab', { name: /^Version details/ }).click();
  await page.getByRole('row').filter({ hasText: 'train.py' }).first().click();
  await take(app, 'job-versions');
  await button(page, 'Launch…').click();
  await page.getByRole('dialog').waitFor();
  await take(app, 'launch');
  await page.keyboard.press('Escape');
}

async function takeRuns(app: App): Promise<void> {
  const { page } = app;
  const open = async (name: string) => {
    await goTo(page, 'Runs');
    await page.getByRole('row').filter({ hasText: name }).dblclick();
    await page.getByRole('heading', { name }).waitFor();
  };
  await goTo(page, 'Runs');
  await take(app, 'runs');
  await open('slower-schedule');
  await expect(log(page)).toContainText('epoch');
  await take(app, 'run');
  await page.getByRole('tab', { name: 'Metrics' }).click();
  await page.getByText('accuracy').first().waitFor();
  await take(app, 'run-metrics');
  await page.getByRole('tab', { name: 'Inputs' }).click();
  await page.getByRole('region', { name: 'Command' }).waitFor();
  await take(app, 'run-inputs');
  await page.getByRole('tab', { name: /^Build/ }).click();
  await page.getByRole('list', { name: 'Build steps' }).getByRole('button').nth(1).click();
  await take(app, 'run-build');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await take(app, 'run-overview');
  await open('with-fast-tokenizer');
  await take(app, 'run-build-failed');
  await open('small-uncased');
  await expect(log(page)).toContainText('Traceback');
  await take(app, 'run-failed');
}

async function takeSweep(app: App): Promise<void> {
  const { page } = app;
  await goTo(page, 'Jobs');
  await page.getByRole('row').filter({ hasText: 'size-search' }).click();
  await page.getByRole('tab', { name: /^Runs/ }).waitFor();
  await take(app, 'job-runs-of-sweep');
  await page.getByRole('tab', { name: /^Version details/ }).click();
  await page.getByRole('radio', { name: 'Inputs and outputs' }).click();
  await page.getByRole('table', { name: 'Inputs' }).waitFor();
  await take(app, 'job-inputs');
  await button(page, 'Launch…').first().click();
  await page.getByRole('button', { name: 'Sweep over lr' }).click();
  await page.getByRole('textbox', { name: /^lr, values/ }).fill('0.001, 0.01, 0.1');
  await page.getByRole('button', { name: '3 cells' }).waitFor();
  await take(app, 'launch-sweep');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Sweeps' }).click();
  await page.getByRole('row').filter({ hasText: 'rate-and-width' }).click();
  await page.getByRole('figure', { name: /over lr$/ }).waitFor();
  await take(app, 'sweep');
}
