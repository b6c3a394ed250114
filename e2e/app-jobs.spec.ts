import { execFile } from 'node:child_process';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './support/app.ts';
import {
  answerFolderDialog,
  button,
  createAndLaunch,
  drag,
  dropFolders,
  expectEnd,
  launch,
  leaveDrag,
  newJob,
} from './support/window.ts';

const execute = promisify(execFile);

interface Described {
  job: { name: string; projectName: string; latestVersion: number };
  files: { path: string }[];
}

test.beforeEach(async ({ slipway }) => {
  await slipway.run('settings', 'set', 'engine', 'process');
});

test('a dropped folder: what goes in, what stays out and by which rule, then v0', async ({
  app: { page },
  slipway,
  code,
}) => {
  const folder = await code({
    'main.py': 'print("hi")\n',
    'data/numbers.csv': '1,2\n',
    '.gitignore': '# made\nbuild/\n',
    'build/made.o': 'x',
    '.env': 'TOKEN=1\n',
  });
  await drag(page, [folder], 'dragEnter', 'dragOver');
  const target = page.getByText('New job from this folder');
  await expect(target).toBeVisible();
  await leaveDrag(page);
  await expect(target).toBeHidden();
  await drag(page, [folder], 'drop');
  await expect(page.getByRole('heading', { name: 'New job from code-0/' })).toBeVisible();

  const part = (name: string) => page.getByRole('region', { name, exact: true });
  await expect(part('Goes in')).toContainText('3 files');
  await expect(part('Goes in').getByRole('listitem')).toHaveText([
    /^\.gitignore/,
    /^data\//,
    /^main\.py/,
  ]);
  await expect(part('Left out').getByRole('listitem')).toHaveText([
    /^build\/.*\.gitignore:2 build\//,
  ]);
  await expect(part('Secrets')).toContainText('.env');
  await expect(page.getByLabel('Entry point')).toHaveValue('python main.py');
  await button(page, 'Create job').click();

  await expect(page.getByRole('heading', { name: 'code-0' })).toBeVisible();
  await page.getByRole('tab', { name: /Version details/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('v0');
  const described = await slipway.json<Described>('job', 'describe', 'code-0:v0');
  expect(described.files.map((file) => file.path)).toEqual([
    '.gitignore',
    'data',
    'data/numbers.csv',
    'main.py',
  ]);
});

test('a secret goes in only by choice', async ({ app: { page }, slipway, code }) => {
  await newJob(page, await code({ 'main.py': '', '.env': 'TOKEN=1\n', id_rsa: 'key' }));
  await button(page, 'Include .env').click();
  await expect(button(page, 'Leave out .env')).toBeVisible();
  await button(page, 'Create job').click();
  await expect(page.getByRole('heading', { name: 'code-0' })).toBeVisible();
  const { files } = await slipway.json<Described>('job', 'describe', 'code-0');
  expect(files.map((file) => file.path)).toEqual(['.env', 'main.py']);
});

test('several folders come one after the other; a file among them is named', async ({
  app: { page },
  slipway,
  code,
}) => {
  const folders = [
    await code({ 'a.py': '' }),
    await code({ 'b.py': '' }),
    await code({ 'c.py': '' }),
  ];
  await dropFolders(page, [...folders, join(folders[0]!, 'a.py')]);
  await expect(page.getByText('a.py was left out.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Notices' })).toContainText('not a folder');
  await expect(page.getByText('2 more waiting')).toBeVisible();
  for (const name of ['code-0', 'code-1', 'code-2']) {
    await expect(page.getByRole('heading', { name: `New job from ${name}/` })).toBeVisible();
    await button(page, name === 'code-1' ? 'Skip' : 'Create job').click();
  }
  await expect(page.getByRole('heading', { name: 'code-2' })).toBeVisible();
  const jobs = await slipway.json<{ name: string }[]>('job', 'list');
  expect(jobs.map((job) => job.name).sort()).toEqual(['code-0', 'code-2']);
});

test('a dropped file alone is refused, and nothing else changes', async ({
  app: { page },
  code,
}) => {
  const folder = await code({ 'notes.txt': 'x' });
  await dropFolders(page, [join(folder, 'notes.txt')]);
  await expect(page.getByRole('alert')).toContainText('Drop the folder that holds the code.');
  await expect(page.getByRole('heading', { name: 'Welcome', exact: true })).toBeVisible();
});

test('the folder dialog does the same, and its cancel does nothing', async ({ app, code }) => {
  const folder = await code({ 'main.py': '' });
  await answerFolderDialog(app, null);
  await button(app.page, 'Choose a folder…').click();
  await expect(app.page.getByRole('heading', { name: 'Welcome', exact: true })).toBeVisible();
  await answerFolderDialog(app, folder);
  await button(app.page, 'Choose a folder…').click();
  await expect(app.page.getByRole('region', { name: 'Preview' })).toContainText('1 file');
});

test('what was typed wrongly is said beside the field, and loses nothing', async ({
  app: { page },
  slipway,
  code,
}) => {
  await newJob(page, await code({ 'main.py': '' }));
  const create = button(page, 'Create job');
  const entryPoint = page.getByLabel('Entry point');
  await page.getByLabel('Job name').fill('my job/1');
  await create.click();
  await expect(page.getByText('"my job/1" cannot be a job name.')).toBeVisible();
  await button(page, 'Use my_job_1').click();
  for (const [typed, said] of [
    ['python train.py', 'train.py'],
    ['python "main.py', 'quot'],
    ['', 'entry point'],
  ] as const) {
    await entryPoint.fill(typed);
    await create.click();
    await expect(page.getByRole('alert')).toContainText(said, { ignoreCase: true });
    await expect(entryPoint).toHaveAttribute('aria-invalid', 'true');
  }
  expect(await slipway.json('job', 'list')).toEqual([]);
  await entryPoint.fill('python main.py');
  await create.click();
  await expect(page.getByRole('heading', { name: 'my_job_1' })).toBeVisible();
});

test('an empty folder cannot become a job, and the page says why', async ({
  app: { page },
  code,
}) => {
  await newJob(page, await code({}));
  await expect(page.getByRole('region', { name: 'Goes in' })).toContainText('Nothing');
  await expect(button(page, 'Create job')).toBeDisabled();
  await expect(button(page, 'Create and launch')).toBeDisabled();
});

test('an edited folder becomes v1 at the next launch; unchanged makes no version', async ({
  app: { page },
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': 'print("first")\n' });
  await createAndLaunch(page, folder);
  await expectEnd(page, /Finished/);
  await launch(page);
  await expect(button(page, 'code-0 v0')).toBeVisible();
  await expectEnd(page, /Finished/);
  await appendFile(join(folder, 'main.py'), 'print("second")\n');
  // A run is launched again as the version it was; its job takes the folder as it is now.
  await button(page, 'code-0 v0').click();
  await launch(page);
  await expect(button(page, 'code-0 v1')).toBeVisible();
  await expect(page.getByRole('log')).toContainText('second');
  const { job } = await slipway.json<Described>('job', 'describe', 'code-0');
  expect(job.latestVersion).toBe(1);
  const runs = await slipway.json<{ versionNumber: number }[]>('run', 'list');
  expect(runs.map((run) => run.versionNumber)).toEqual([1, 0, 0]);
});

test('a version is written back as it was, whatever became of the folder', async ({
  app,
  folder,
  code,
}) => {
  const { page } = app;
  const source = await code({ 'main.py': 'print(1)\n', 'lib/x.py': 'é\n' });
  await execute('sh', ['-c', 'chmod 755 main.py; ln -s lib/x.py link; mkdir empty'], {
    cwd: source,
  });
  await execute('cp', ['-a', source, join(folder, 'kept')]);
  await newJob(page, source);
  await button(page, 'Create job').click();
  await execute('rm', ['-r', source]);
  const target = join(folder, 'target');
  await mkdir(target);
  await answerFolderDialog(app, target);
  await page.getByRole('tab', { name: /Version details/ }).click();
  await button(page, 'Write to a folder…').click();
  await expect(page.getByText(`to ${target}.`)).toBeVisible();
  const listing = (cwd: string) =>
    execute('sh', ['-c', "find . -printf '%P %y %m %l\\n' | sort; cat main.py lib/x.py"], { cwd });
  const [back, kept] = [await listing(target), await listing(join(folder, 'kept'))];
  expect(back.stdout).toBe(kept.stdout);
  await answerFolderDialog(app, target);
  await button(page, 'Write to a folder…').click();
  await expect(page.getByRole('alert')).toContainText('empty');
});

test.describe('a folder that takes long', () => {
  test('to look through: cancelled, and the window is where it was', async ({
    app: { page },
    code,
  }) => {
    const folder = await code({ 'main.py': '' });
    const script =
      'for i in $(seq 300); do mkdir d$i; (cd d$i; seq -f f%g 400 | xargs touch); done';
    await execute('sh', ['-c', script], { cwd: folder });
    await dropFolders(page, [folder]);
    await expect(
      page.getByRole('progressbar', { name: `Looking through ${folder}` }),
    ).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'Cancel' }).last().click();
    await expect(page.getByRole('heading', { name: 'Welcome', exact: true })).toBeVisible();
  });

  test('to freeze: cancelled, and no job is there', async ({ app: { page }, slipway, code }) => {
    const folder = await code({ 'main.py': '' });
    await writeFile(join(folder, 'zeros.bin'), '');
    await execute('truncate', ['-s', '4G', join(folder, 'zeros.bin')]);
    await newJob(page, folder);
    await button(page, 'Create job').click();
    const progress = page.getByRole('progressbar', { name: 'Freezing the folder' });
    await expect(progress).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'Cancel' }).last().click();
    await expect(progress).toBeHidden();
    await expect(button(page, 'Create job')).toBeEnabled();
    expect(await slipway.json('job', 'list')).toEqual([]);
  });
});
