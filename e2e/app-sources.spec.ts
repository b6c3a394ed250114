import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { GitHttpServer } from '../src/core/sources/git/testing/git-http-server.ts';
import { TestRepository } from '../src/core/sources/git/testing/git-repository.ts';
import { expect, test as base } from './support/app.ts';
import { writeRun } from './support/tracked.ts';
import { answerFolderDialog, button, expectEnd, goTo, log } from './support/window.ts';

const TRAIN = `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1, help="learning rate")
print("lr", parser.parse_args().lr)
`;

/** A repository with two jobs, and a server for it. */
const test = base.extend<{ repository: { url: string; git: TestRepository } }>({
  repository: async ({ folder }, use) => {
    const root = join(folder, 'served');
    await mkdir(root);
    const git = new TestRepository(join(root, 'jobs.git'), 'trunk');
    git.write('train.py', TRAIN);
    git.write('jobs/hello/main.py', 'print("hello from a sub-folder")\n');
    git.write('jobs/hello/requirements.txt', '');
    git.commit();
    const server = await GitHttpServer.start({ root });
    await use({ url: `${server.url}/jobs.git`, git });
    await server.stop();
  },
});

test.beforeEach(async ({ slipway }) => {
  await slipway.run('settings', 'set', 'engine', 'process');
});

async function newFrom(page: Page, source: 'Git repository' | 'Tracked runs'): Promise<void> {
  await page.keyboard.press('Control+Shift+G');
  await page.getByRole('tab', { name: source }).click();
}

async function look(page: Page, url: string): Promise<void> {
  await newFrom(page, 'Git repository');
  await page.getByLabel('Address').fill(url);
  await button(page, 'Look').click();
}

test('a repository is looked at, becomes a job, and a new commit a new version', async ({
  app: { page },
  repository,
}) => {
  await look(page, repository.url);
  await expect(page.getByText('--lr')).toBeVisible();
  await expect(page.getByText('train.py:4')).toBeVisible();
  await expect(page.getByLabel('Entry point')).toHaveValue('python train.py');
  await button(page, 'Create and launch').click();
  await page.getByRole('tab', { name: 'Log' }).waitFor();
  await expectEnd(page, 'Finishedexit code 0');
  await expect(log(page)).toContainText('lr 0.1');
});

test('one of several jobs of a repository is chosen by its folder', async ({
  app: { page },
  repository,
}) => {
  await look(page, repository.url);
  await page.getByRole('radio', { name: /^jobs\/hello\// }).check({ force: true });
  await expect(page.getByLabel('Entry point')).toHaveValue('python main.py');
  await button(page, 'Create and launch').click();
  await page.getByRole('tab', { name: 'Log' }).waitFor();
  await expectEnd(page, 'Finishedexit code 0');
  await expect(log(page)).toContainText('hello from a sub-folder');
});

test('a ref that is not there is told at its field, with near ones', async ({
  app: { page },
  repository,
}) => {
  await newFrom(page, 'Git repository');
  await page.getByLabel('Address').fill(repository.url);
  await page.getByLabel('Branch, tag or commit').fill('trunc');
  await button(page, 'Look').click();
  await expect(page.getByText(/trunk/)).toBeVisible();
});

test('versions are told apart on the screen, and an alias moves', async ({
  app: { page },
  slipway,
  code,
}) => {
  for (const text of ['one', 'two']) {
    const folder = await code({ 'main.py': `print("${text}")\n` });
    await slipway.run('job', 'create', 'code', folder, '-n', 'two', '-E', 'python main.py');
  }
  await page.getByText('two', { exact: true }).first().dblclick();
  await page.getByRole('tab', { name: /^Version details/ }).click();
  await button(page, 'Add alias').click();
  await page.getByLabel('New alias').fill('best');
  await page.keyboard.press('Enter');
  await expect(page.getByText('best', { exact: true }).first()).toBeVisible();
  await page.getByRole('radio', { name: 'Changes' }).check({ force: true });
  await page.getByText('main.py').last().click();
  await expect(page.getByText('print("one")')).toBeVisible();
  await expect(page.getByText('print("two")')).toBeVisible();
});

test('the runs of a folder are imported with what they recorded', async ({ app, folder }) => {
  const { page } = app;
  const history = [{ loss: 2 }, { loss: 1 }];
  await writeRun(folder, {
    id: 'abc',
    code: { 'main.py': 'print("logged")\n' },
    config: { width: 64 },
    history,
    summary: { loss: 1 },
    output: 'from the console\n',
  });
  await answerFolderDialog(app, folder);
  await newFrom(page, 'Tracked runs');
  await button(page, 'Choose a folder…').click();
  await page.getByText('job-source-tracked-main.py').first().click();
  await goTo(page, 'Runs');
  await page.getByText('named-abc').first().dblclick();
  await expectEnd(page, /^Finished/);
  await expect(log(page)).toContainText('from the console');
  await page.getByRole('tab', { name: 'Values' }).click();
  await expect(page.getByText('width')).toBeVisible();
  await page.getByRole('tab', { name: 'Metrics' }).click();
  await expect(page.getByRole('figure').filter({ hasText: 'loss' })).toContainText('last1');
});
