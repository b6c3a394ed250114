import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test as base } from './support/app.ts';
import { Desktop } from './support/desktop.ts';
import { chooseInTray, keepTrayMenu } from './support/tray-menu.ts';
import { button, goTo, newJob, runState } from './support/window.ts';

/** Goes on until it can take a file out of a folder: each file ends one run. */
const takesOne = (folder: string): string => `import pathlib, time
folder = pathlib.Path(${JSON.stringify(folder)})
print("waiting for my turn to end", flush=True)
def took():
    for file in folder.iterdir():
        try:
            file.unlink()
            return True
        except FileNotFoundError:
            pass
while not took():
    time.sleep(0.05)
`;

interface Ends {
  folder: string;
  /** Lets so many runs end. */
  end(count: number): Promise<void>;
}

const test = base.extend<{ ends: Ends; desktop: Desktop }>({
  ends: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-ends-'));
    let made = 0;
    const end = async (count: number) => {
      for (let i = 0; i < count; i++) await writeFile(join(folder, String(++made)), '');
    };
    await use({ folder, end });
    await rm(folder, { recursive: true });
  },
  desktop: async ({}, use) => {
    const desktop = await Desktop.start({ tray: true });
    await use(desktop);
    await desktop.stop();
  },
});

const waiting = (page: Page): Locator => page.getByRole('grid', { name: 'Waiting runs' });
const row = (page: Page, name: string): Locator => waiting(page).getByRole('row', { name });

/** The names of those that wait, in their order. */
const order = (page: Page): Promise<string[]> =>
  waiting(page)
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.flatMap((each) => /(first|second|third|fourth)-run/.exec(each.textContent)?.[0] ?? []),
    );

/** Drags a row with the mouse to where another begins. */
async function dragBefore(page: Page, moved: string, before: string): Promise<void> {
  const [from, to] = [await row(page, moved).boundingBox(), await row(page, before).boundingBox()];
  await page.mouse.move(from!.x + 200, from!.y + from!.height / 2);
  await page.mouse.down();
  await page.mouse.move(from!.x + 204, from!.y + from!.height / 2 - 6, { steps: 3 });
  await page.mouse.move(to!.x + 204, to!.y + 5, { steps: 6 });
  await page.mouse.up();
}

test('runs wait in a queue for their turn, are put in another order, paused and resumed, and the end of all is told', async ({
  openAgain,
  slipway,
  code,
  ends,
  desktop,
}) => {
  await slipway.run('settings', 'set', 'engine', 'process');
  const app = await openAgain(desktop.env);
  const { page } = app;
  await keepTrayMenu(app);
  await newJob(page, await code({ 'take.py': takesOne(ends.folder) }));
  await page.getByLabel('Job name').fill('in-turn');
  await button(page, 'Create job').click();
  await button(page, 'Launch…').first().click();
  const form = page.getByRole('dialog');
  await form.getByRole('radio', { name: 'In a queue' }).click();
  await expect(form.getByRole('group', { name: 'Terminal command' })).toContainText('-q default');
  await button(page, /^Run settings/).click();
  await form.getByRole('textbox', { name: 'Run name' }).fill('first-run');
  await button(page, 'Add to queue').click();
  await expect(runState(page)).toContainText('Running', { timeout: 30_000 });

  // From a terminal, into the same queue.
  for (const name of ['second-run', 'third-run', 'fourth-run']) {
    const put = ['launch', '-j', 'in-turn', '-q', '--async', '--name', name];
    expect((await slipway.run(...put)).status).toBe(0);
  }
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('button', { name: /^default/ })
    .click();
  await expect.poll(() => order(page)).toEqual(['second-run', 'third-run', 'fourth-run']);
  await expect(row(page, 'second-run')).toContainText('1 of 1 running');
  await expect(page.getByRole('list', { name: 'Running runs' })).toContainText('first-run');
  await expect(page.getByRole('region', { name: 'Under way' })).toContainText(
    'Running 1 · Waiting 3',
  );

  // An empty field is no answer, and Escape closes nothing that is not open.
  const limit = page.getByRole('textbox', { name: 'At a time' });
  await limit.fill('');
  await limit.press('Enter');
  await expect(limit).toHaveValue('1');
  await limit.fill('99999');
  await expect(page.getByText('A whole number from 1 to 10,000.')).toBeVisible();
  await limit.press('Escape');
  await expect(limit).toHaveValue('1');
  await row(page, 'second-run').click();
  for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
  expect(
    (await slipway.json<{ queue: { concurrency: number } }>('queue', 'show')).queue.concurrency,
  ).toBe(1);

  await dragBefore(page, 'fourth-run', 'second-run');
  const wanted = ['fourth-run', 'second-run', 'third-run'];
  await expect.poll(() => order(page)).toEqual(wanted);
  const view = await slipway.json<{ waiting: { run: { name: string } }[] }>('queue', 'show');
  expect(view.waiting.map(({ run }) => run.name)).toEqual(wanted);

  await chooseInTray(app, 'Pause queues');
  await expect(row(page, 'second-run')).toContainText('queue paused');
  await ends.end(1);
  await expect(page.getByRole('list', { name: 'Running runs' })).toBeHidden();
  await expect.poll(() => order(page)).toEqual(wanted);
  await button(page, 'Resume').click();
  await expect(page.getByRole('list', { name: 'Running runs' })).toContainText('fourth-run');
  await expect.poll(() => order(page)).toEqual(['second-run', 'third-run']);

  // Where it would not be told: its page is looked at.
  await goTo(page, 'Jobs');
  await ends.end(3);
  const ofQueues = async () =>
    (await desktop.bubbles()).filter(({ title }) => title.startsWith('Queue '));
  await expect
    .poll(ofQueues, { timeout: 60_000 })
    .toEqual([{ title: 'Queue default has run empty', body: '4 finished' }]);
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('button', { name: 'Queues' })
    .click();
  await page.getByRole('row', { name: /^default/ }).click();
  await expect(page.getByText('Nothing waits in default')).toBeVisible();
  const last = page.getByRole('figure', { name: 'Last runs over time' });
  await expect(last.getByRole('listitem')).toHaveCount(4);
});
