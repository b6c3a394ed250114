import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type App } from './support/app.ts';
import { slipwayOn } from './support/cli.ts';
import type { Slipway } from './support/cli.ts';
import { fillGallery } from './support/gallery.ts';
import { SYSTEM_PATH } from './support/neutral-text.ts';
import { Screens } from './support/screens.ts';
import {
  answerFolderDialog,
  button,
  drag,
  goTo,
  leaveDrag,
  log,
  newJob,
} from './support/window.ts';

/** Every part of the tour has the window, the pictures it takes of it, the folder of code and the terminal. */
interface Tour extends App {
  screens: Screens;
  root: string;
  slipway: Slipway;
}

/** The palette's list is moved by the arrow keys of its search field, so it needs no focus of its own. */
const MOVED_FROM_OUTSIDE = { except: 'scrollable-region-focusable' };

const row = ({ page }: Tour, name: string) => page.getByRole('row').filter({ hasText: name });
const tab = ({ page }: Tour, name: string | RegExp) => page.getByRole('tab', { name });

test('every screen looks as it did, in both themes and sizes, and shuts nobody out', async ({
  openAgain,
  slipway,
}) => {
  test.setTimeout(600_000);
  const app = await openAgain(SYSTEM_PATH);
  const { page } = app;
  page.setDefaultTimeout(15_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(() => document.fonts.ready);
  const screens = await Screens.of(app);
  await button(page, /^Engine: Docker/).waitFor();
  await page.getByText('Docker is ready').waitFor();
  await screens.take('start');
  await goTo(page, 'Runs');
  await page.getByText('No runs yet').waitFor();
  await screens.take('runs-empty');

  const { root, training } = await fillGallery(slipwayOn(slipway.dataDir, SYSTEM_PATH));
  const tour: Tour = { ...app, screens, root, slipway };
  await goTo(page, 'Jobs');
  await page.reload();
  await expect(row(tour, 'digits-classifier')).toContainText('Running');
  await button(page, /^Engine: Docker/).waitFor();
  await screens.take('jobs');
  for (const part of [takeFrame, takeNewJob, takeJob, takeLaunch, takeRun, takeOtherRuns]) {
    await test.step(part.name, () => part(tour));
  }
  for (const part of [takeSweep, takeTables, takeRest, takeQueues, takeRoom]) {
    await test.step(part.name, () => part(tour));
  }
  training.child.kill('SIGINT');
  await training.ended;
  await rm(root, { recursive: true });
  await screens.end();
});

async function takeFrame({ page, screens, root }: Tour): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Find a command' }).waitFor();
  await page.keyboard.type('new');
  await page.getByRole('menuitem', { name: /^New job from a folder/ }).waitFor();
  await screens.take('palette', MOVED_FROM_OUTSIDE);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await screens.take('shortcuts');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+3');
  await page.getByRole('row', { name: /^default/ }).waitFor();
  await screens.take('projects');
  await goTo(page, 'Jobs');
  await drag(page, [join(root, 'digits-classifier')], 'dragEnter', 'dragOver');
  await page
    .getByText(/^New (job|version)/)
    .first()
    .waitFor();
  await screens.take('drop', { pointing: true });
  await leaveDrag(page);
}

async function takeNewJob(tour: Tour): Promise<void> {
  const { page, screens, root } = tour;
  await newJob(page, join(root, 'digits-classifier'));
  await screens.take('new-job');
  await page.getByLabel('Entry point').fill('python trian.py');
  await page.getByLabel('Job name').fill('digits classifier');
  await button(page, 'Create job').click();
  await page.getByRole('alert').first().waitFor();
  await screens.take('new-job-error');
  await button(page, 'Cancel').click();
  await page.keyboard.press('Control+Shift+G');
  await tab(tour, 'Git repository').click();
  await answerFolderDialog(tour, join(root, 'launch-jobs'));
  await button(page, 'Choose a clone…').click();
  await expect(page.getByLabel('Address')).not.toHaveValue('');
  await button(page, 'Look').click();
  await page.getByText('--optimizer').first().waitFor();
  await screens.take('new-job-git');
  await tab(tour, 'Image').click();
  await page.getByRole('textbox', { name: 'Image' }).fill('registry.example.com/vision/digits:2.1');
  await screens.take('new-job-image');
  await tab(tour, 'Tracked runs').click();
  await page.getByText('Where the jobs and runs go').waitFor();
  await screens.take('new-job-tracked');
  await button(page, 'Cancel').click();
}

async function takeJob(tour: Tour): Promise<void> {
  const { page, screens } = tour;
  await goTo(page, 'Jobs');
  await row(tour, 'digits-classifier').dblclick();
  await tab(tour, /^Runs/).waitFor();
  await row(tour, 'first-try').waitFor();
  await screens.take('job-runs');
  await tab(tour, 'Sweeps').click();
  await page.getByText(/sweep/i).last().waitFor();
  await screens.take('job-sweeps-empty');
  await tab(tour, 'Job details').click();
  await screens.take('job-details');
  await tab(tour, /^Version details/).click();
  await row(tour, 'train.py').first().click();
  await page.getByText('60000 images').first().waitFor();
  await screens.take('job-versions');
}

async function takeLaunch(tour: Tour): Promise<void> {
  const { page, screens } = tour;
  await goTo(page, 'Jobs');
  await row(tour, 'size-search').dblclick();
  await tab(tour, /^Version details/).click();
  await page.getByRole('radio', { name: 'Inputs and outputs' }).click();
  await page.getByRole('table', { name: 'Inputs' }).waitFor();
  await screens.take('job-inputs');
  await button(page, 'Launch…').first().click();
  await page.getByRole('dialog').getByText('Difference to').waitFor();
  await screens.take('launch');
  await page.getByRole('button', { name: 'Sweep over lr' }).click();
  await page.getByRole('textbox', { name: /^lr, values/ }).fill('0.001, 0.01, 0.1');
  await page.getByText('Of the first cell of the sweep').waitFor();
  await screens.take('launch-sweep');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function open(tour: Tour, name: string): Promise<void> {
  await goTo(tour.page, 'Runs');
  await row(tour, name).dblclick();
  await tour.page.getByRole('heading', { name }).waitFor();
}

async function takeRun(tour: Tour): Promise<void> {
  const { page, screens } = tour;
  await open(tour, 'slower-schedule');
  await expect(log(page)).toContainText('4/40');
  await screens.take('run-log');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('checkpoint');
  await page.getByText('3 lines', { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('1 of 3', { exact: true }).waitFor();
  await screens.take('run-log-search');
  await page.keyboard.press('Escape');
  await tab(tour, 'Metrics').click();
  await page.getByText('accuracy').first().waitFor();
  const machine = page.getByRole('region', { name: 'Used by the run' });
  await screens.take('run-metrics', { changing: machine });
  await tab(tour, 'Inputs').click();
  await page.getByRole('region', { name: 'Command' }).waitFor();
  await screens.take('run-inputs');
  await tab(tour, 'Outputs').click();
  await screens.take('run-outputs');
  await tab(tour, 'Environment').click();
  await page.getByRole('region', { name: 'Executed in' }).waitFor();
  await screens.take('run-environment');
  await tab(tour, /^Build/).click();
  await page.getByRole('list', { name: 'Build steps' }).getByRole('button').nth(1).click();
  await screens.take('run-build', { changing: page.locator('pre') });
  await tab(tour, 'Overview').click();
  const times = page.getByRole('region', { name: 'Where the time went' });
  await screens.take('run-overview', { changing: times });
}

async function takeOtherRuns(tour: Tour): Promise<void> {
  const { page, screens } = tour;
  await open(tour, 'small-uncased');
  await expect(log(page)).toContainText('Traceback');
  await screens.take('run-failed');
  await open(tour, 'named-depth12');
  await tab(tour, 'Metrics').click();
  await page.getByText('accuracy').first().waitFor();
  await screens.take('run-metrics-tracked');
  await tab(tour, 'Values').click();
  await page.getByText('optimizer').first().waitFor();
  await screens.take('run-values');
  await open(tour, 'with-fast-tokenizer');
  await screens.take('run-build-failed');
}

async function takeSweep(tour: Tour): Promise<void> {
  const { page, screens } = tour;
  await goTo(page, 'Jobs');
  await row(tour, 'size-search').dblclick();
  await tab(tour, 'Sweeps').click();
  await row(tour, 'rate-and-width').waitFor();
  await screens.take('job-sweeps');
  await row(tour, 'rate-and-width').click();
  await page.getByRole('figure', { name: /over lr$/ }).waitFor();
  await screens.take('sweep');
}

async function takeTables(tour: Tour): Promise<void> {
  const { page, screens } = tour;
  await goTo(page, 'Runs');
  await row(tour, 'slower-schedule').waitFor();
  await row(tour, 'first-try').click();
  await page.getByRole('complementary', { name: 'Run first-try' }).waitFor();
  await screens.take('runs');
  await page.getByRole('columnheader', { name: 'Job' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Group by/ }).click();
  await page.getByRole('list', { name: 'Conditions' }).waitFor();
  await screens.take('runs-grouped');
  await button(page, 'Remove Grouped by Job').click();
  await row(tour, 'named-depth12').click();
  await row(tour, 'named-depth4').click({ modifiers: ['Control'] });
  await page.getByRole('toolbar', { name: 'Selected runs' }).waitFor();
  await screens.take('runs-selected');
  await page.keyboard.press('Control+Shift+X');
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  await page.getByRole('rowheader', { name: 'depth' }).first().waitFor();
  await screens.take('compare');
}

async function takeRest(tour: Tour): Promise<void> {
  const { page, screens } = tour;
  await goTo(page, 'Runs');
  await row(tour, 'four-threads').click();
  await page.keyboard.press('Delete');
  await page.getByRole('list', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).hover();
  await screens.take('notices', { pointing: true });
  await goTo(page, 'Bin');
  await button(page, 'Restore four-threads').waitFor();
  await button(page, 'Dismiss').click();
  await screens.take('bin');
  await page.getByRole('button', { name: /^Engine:/ }).click();
  await page.getByRole('list', { name: 'Checks' }).waitFor();
  await screens.take('engine');
  await goTo(page, 'Settings');
  await page.getByLabel('Base image').waitFor();
  await screens.take('settings');
}

/** A queue with something that ended in it and, while it is paused, runs that wait. */
async function fillQueue(slipway: Slipway): Promise<void> {
  const put = ['launch', '-r', 'process', '-q', 'evening', '-j'];
  const resources = ['-R', '{"env": ["BATCH={{batch}}"]}'];
  const variables = ['--variables', '{"batch": {"type": "integer", "minimum": 1, "default": 60}}'];
  const evening = ['evening', '-n', '2', ...resources, ...variables];
  expect((await slipway.run('queue', 'create', ...evening)).status).toBe(0);
  const first = await slipway.run(...put, 'nightly-evaluation', '--name', 'monday-evening');
  expect(first.status).toBe(0);
  await slipway.run('queue', 'pause', 'evening');
  for (const [name, priority] of [
    ['smaller-rate', 'medium'],
    ['with-augmented-images-and-twice-as-many-epochs', 'medium'],
    ['for-the-report', 'high'],
    ['once-more', 'low'],
  ]) {
    const more = ['--async', '--name', name!, '-P', priority!];
    expect((await slipway.run(...put, 'size-search', ...more)).status).toBe(0);
  }
}

async function takeQueues(tour: Tour): Promise<void> {
  const { page, screens, slipway } = tour;
  await fillQueue(slipway);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('button', { name: /^Queues/ }).click();
  await page.getByRole('row', { name: /^evening/ }).waitFor();
  await screens.take('queues');
  await button(page, 'New queue').click();
  await page.getByRole('dialog').getByLabel('Name').fill('large');
  await page.getByRole('dialog').getByLabel('Memory').fill('{{memory}}');
  await button(page, 'Add variable memory').click();
  await screens.take('queue-new');
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /^evening/ }).click();
  const waiting = page.getByRole('grid', { name: 'Waiting runs' });
  await expect(waiting.getByRole('row', { name: 'once-more' })).toContainText('queue paused');
  const timeline = page.getByRole('figure', { name: 'Last runs over time' });
  await screens.take('queue', { changing: timeline });
  await pages.getByRole('button', { name: /^default/ }).click();
  await page.getByText('Nothing waits in default').waitFor();
  await screens.take('queue-empty');
  await goTo(page, 'Jobs');
  await row(tour, 'size-search').dblclick();
  await button(page, 'Launch…').first().click();
  const form = page.getByRole('dialog');
  await form.getByRole('radio', { name: 'In a queue' }).click();
  await form.getByRole('combobox', { name: 'Queue' }).selectOption({ label: 'evening (paused)' });
  await form.getByRole('region', { name: 'Waits in' }).waitFor();
  await form.getByText('Of the first cell of the sweep:').waitFor();
  await form.getByRole('combobox', { name: 'Priority' }).scrollIntoViewIfNeeded();
  await screens.take('launch-queue');
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'hidden' });
}

async function takeRoom({ page, screens }: Tour): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Find a command' }).waitFor();
  await page.keyboard.type('Room on the disk');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Largest' }).waitFor();
  // Every machine has other sizes.
  await screens.take('room', { changing: page.getByRole('region') });
}
