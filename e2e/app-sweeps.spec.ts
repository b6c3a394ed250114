import { appendFile, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base, type App } from './support/app.ts';
import { answerFolderDialog, button, expectEnd, goTo, log, newJob } from './support/window.ts';

/** Prints a metric; one cell fails until its mark is there, so that its second try works. */
const train = (mark: string): string => `import argparse
import pathlib
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--width", type=int, default=8)
args = parser.parse_args()
mark = pathlib.Path(${JSON.stringify(mark)})
print(f"given lr={args.lr} width={args.width}", flush=True)
if args.width == 32 and args.lr == 0.2 and not mark.exists():
    mark.touch()
    sys.exit("the first try of this cell fails")
print(f"loss={args.lr * args.width:.3f}", flush=True)
`;

const test = base.extend<{ mark: string }>({
  mark: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-sweep-'));
    // The user of a container is another one.
    await chmod(folder, 0o777);
    await use(join(folder, 'failed-once'));
    await rm(folder, { recursive: true });
  },
});

/** Makes a job of the code and opens its launch form. */
async function openForm(page: Page, folder: string): Promise<void> {
  await newJob(page, folder);
  await page.getByLabel('Job name').fill('grid');
  await button(page, 'Create job').click();
  await button(page, 'Launch…').first().click();
  await expect(page.getByRole('dialog')).toContainText('width');
}

/** Names the printed line that carries the loss. */
async function readLoss(page: Page): Promise<void> {
  const settings = page.getByRole('region', { name: 'Run settings' });
  await settings.getByRole('button', { name: /^Add (a )?pattern$/ }).click();
  await settings.getByRole('textbox', { name: /^pattern 1/i }).fill('loss={loss}');
}

const openSettings = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^Run settings/ }).click();

/** Lets the cells write into a folder of this machine. */
async function mount(app: App, folder: string, target: string): Promise<void> {
  await answerFolderDialog(app, folder);
  await button(app.page, 'Choose a folder…').click();
  await app.page.getByLabel(`Path in the container of ${folder}`).fill(target);
  await app.page.getByRole('switch', { name: `${folder} read-only` }).uncheck({ force: true });
}

const cell = (page: Page, text: string | RegExp) =>
  page.getByRole('grid', { name: 'Cells' }).getByRole('row').filter({ hasText: text });

const states = (page: Page) => page.getByRole('list', { name: 'Cells by state' });

async function startSweep(page: Page): Promise<void> {
  await readLoss(page);
  await page.getByRole('button', { name: 'Sweep over lr' }).click();
  await page.getByRole('textbox', { name: /^lr, values/ }).fill('0.1, 0.2');
  await page.getByRole('button', { name: 'Sweep over width' }).click();
  await page.getByRole('textbox', { name: /^width, values/ }).fill('8, 16, 32');
  await page.getByLabel('At a time').fill('2');
  await page.getByRole('button', { name: '6 cells' }).click();
  await expect(page.getByRole('region', { name: 'First cells' })).toContainText('60.232');
  await button(page, 'Start 6 runs').click();
}

const ENGINES = [
  ['process', (mark: string) => mark],
  ['docker', () => '/mark/failed-once'],
] as const;

for (const [engine, seenFrom] of ENGINES) {
  test(`a sweep runs its cells on the ${engine} engine, tells what they came to, and runs the failed one again`, async ({
    app,
    slipway,
    code,
    mark,
  }) => {
    const { page } = app;
    await slipway.run('settings', 'set', 'engine', engine);
    const folder = await code({ 'train.py': train(seenFrom(mark)) });
    await openForm(page, folder);
    await openSettings(page);
    if (engine === 'docker') await mount(app, dirname(mark), '/mark');
    // The folder is taken as it is when the sweep is started.
    await appendFile(join(folder, 'train.py'), 'print("newer")\n');
    await startSweep(page);
    await expect(page.getByRole('main')).toContainText('v1, 6 cells');
    await expect(states(page)).toHaveText('5finished1failed', { timeout: 90_000 });
    await expect(cell(page, 'Finished')).toHaveCount(5);
    await expect(cell(page, /^1/)).toContainText('0.8');
    await expect(cell(page, /^1/).getByRole('img', { name: 'Best' })).toBeVisible();
    await expect(page.getByRole('figure', { name: 'loss over lr' })).toBeVisible();
    await page.getByRole('button', { name: 'loss', exact: true }).click();
    await expect(page.getByRole('grid', { name: 'Cells' }).getByRole('row').nth(1)).toContainText(
      '0.8',
    );

    await button(page, 'Run failed again (1)').click();
    await expect(states(page)).toHaveText('6finished', { timeout: 60_000 });
    await expect(cell(page, /^6/)).toContainText('6.4');

    await cell(page, /^6/).click();
    await expectEnd(page, 'Finishedexit code 0');
    await expect(log(page)).toContainText('given lr=0.2 width=32');
    await expect(log(page)).toContainText('newer');
    await page.getByRole('tab', { name: 'Inputs' }).click();
    await expect(page.getByRole('region', { name: 'Command' })).toContainText(
      'train.py --lr 0.2 --width 32',
    );
    await page.getByRole('button', { name: /cell 6 of 6$/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

    await page.keyboard.press('Escape');
    await goTo(page, 'Jobs');
    await page.getByRole('row').filter({ hasText: 'grid' }).dblclick();
    await page.getByRole('tab', { name: /^Runs/ }).waitFor();
    await expect(page.getByRole('columnheader', { name: 'width' })).toBeVisible();
    await page.getByRole('tab', { name: 'Sweeps' }).click();
    await expect(page.getByRole('grid', { name: 'Sweeps of this job' })).toContainText('lr, width');
  });
}

test('a run is launched again, the same and with changes', async ({
  app: { page },
  slipway,
  code,
  mark,
}) => {
  await slipway.run('settings', 'set', 'engine', 'process');
  await openForm(page, await code({ 'train.py': train(mark) }));
  await page.getByRole('textbox', { name: 'lr', exact: true }).fill('0.5');
  await page.getByRole('dialog').getByRole('button', { name: 'Launch', exact: true }).click();
  await expectEnd(page, 'Finishedexit code 0');
  await expect(log(page)).toContainText('given lr=0.5 width=8');
  const first = await page.getByRole('heading', { level: 1 }).innerText();

  await button(page, 'Launch again').click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(first);
  await expectEnd(page, 'Finishedexit code 0');
  await expect(log(page)).toContainText('given lr=0.5 width=8');
  await page.getByRole('tab', { name: 'Inputs' }).click();
  await expect(page.getByRole('tabpanel')).toContainText(`It was given the same as ${first}`);

  await button(page, 'Launch with changes…').click();
  const form = page.getByRole('dialog');
  await expect(form.getByRole('textbox', { name: 'lr', exact: true })).toHaveValue('0.5');
  await form.getByRole('textbox', { name: 'width', exact: true }).fill('16');
  await form.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(form).toBeHidden();
  await expectEnd(page, 'Finishedexit code 0');
  await expect(log(page)).toContainText('given lr=0.5 width=16');
  await page.getByRole('tab', { name: 'Inputs' }).click();
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('widthnot there16');
});
