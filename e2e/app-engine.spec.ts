import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PrivateEngine } from '../src/core/engines/docker/testing/private-engine.ts';
import { expect, openApp, test } from './support/app.ts';
import { expectWholeTicks, TICKS } from './support/code.ts';
import {
  button,
  createAndLaunch,
  expectEnd,
  launch,
  log,
  newJob,
  runState,
} from './support/window.ts';

const execute = promisify(execFile);

test('without a Docker engine the window uses processes, and says why', async ({
  openAgain,
  folder,
  code,
}) => {
  const socket = join(folder, 'no.sock');
  const { page } = await openAgain({ DOCKER_HOST: `unix://${socket}` });
  const status = page.getByRole('button', { name: 'Engine: Process, ready' });
  await status.click();
  await expect(page.getByRole('heading', { name: 'New runs use Process' })).toBeVisible();
  await expect(page.getByText(/^Because no Docker engine can be used/)).toContainText(socket);
  const engines = page.getByRole('list', { name: 'Engines' });
  await expect(engines.getByRole('listitem').filter({ hasText: 'Docker' })).toContainText(socket);
  await createAndLaunch(page, await code({ 'main.py': 'print("no container")\n' }));
  await expectEnd(page, 'Finishedexit code 0');
  await expect(log(page)).toContainText('no container');
  await button(page, 'Launch with changes…').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Run settings/ }).click();
  await expect(dialog.getByRole('radio', { name: /^Docker/ })).toBeDisabled();
  await expect(dialog).toContainText(socket);
});

test('an engine that is chosen but not there refuses the launch, in its place', async ({
  openAgain,
  folder,
  slipway,
  code,
}) => {
  await slipway.run('settings', 'set', 'engine', 'docker');
  const { page } = await openAgain({ DOCKER_HOST: `unix://${folder}/no.sock` });
  await expect(page.getByRole('button', { name: 'Engine: Docker, not available' })).toBeVisible();
  await newJob(page, await code({ 'main.py': '' }));
  await button(page, 'Create job').click();
  await button(page, 'Launch…').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText(`${folder}/no.sock`);
  expect(await slipway.json('run', 'list')).toEqual([]);
});

test.describe('an engine of its own', () => {
  let engine: PrivateEngine;

  test.beforeAll(async () => {
    engine = await PrivateEngine.start();
    const image = process.env['SLIPWAY_TEST_BASE_IMAGE']!;
    await execute('sh', ['-c', 'docker save "$1" | docker -H "$2" load', 'sh', image, engine.host]);
  });

  test.afterAll(() => engine.dispose());

  const containers = async (): Promise<string[]> => {
    const { stdout } = await execute('docker', ['-H', engine.host, 'ps', '-aq']);
    return stdout.split('\n').filter(Boolean);
  };

  test('that dies while a run goes on: the run waits, then is crashed and not failed', async ({
    slipway,
    code,
  }) => {
    const app = await openApp(slipway.dataDir, { DOCKER_HOST: engine.host });
    const { page } = app;
    await createAndLaunch(page, await code({ 'main.py': TICKS }));
    await expect(log(page)).toContainText('tick 15');
    await engine.signal('SIGKILL');
    await expect(runState(page)).toHaveText('RunningDocker does not answer');
    await expect(page.getByRole('region', { name: 'State' })).toContainText(
      'goes on without Slipway',
    );
    await expect(page.getByRole('button', { name: /^Engine: Process/ })).toBeVisible();
    const banner = page.getByRole('status', { name: 'Engine', exact: true });
    await expect(banner).toContainText(/Docker has not been available since .*1 run waits for it/);
    await engine.up();
    await expectEnd(page, /^Crashedits engine stopped while it ran/);
    await expect(page.getByRole('button', { name: 'Engine: Docker, ready' })).toBeVisible();
    await expect(banner).toHaveCount(0);
    const [run] = await slipway.json<{ id: string; exitCode: number | null }[]>('run', 'list');
    expect(run!.exitCode).toBeNull();
    expect(expectWholeTicks((await slipway.run('run', 'logs', run!.id)).stdout)).toBeGreaterThan(
      10,
    );
    await expect.poll(containers).toEqual([]);
    await launch(page);
    await expect(log(page)).toContainText('tick 2');
    await button(page, 'Stop').click();
    await expectEnd(page, 'Stoppedstopped on request');
    await app.close();
  });

  test('that hangs for a while: one message, and the run goes on', async ({ slipway, code }) => {
    const app = await openApp(slipway.dataDir, { DOCKER_HOST: engine.host });
    const { page } = app;
    await createAndLaunch(page, await code({ 'main.py': TICKS }));
    await expect(log(page)).toContainText('tick 5');
    await engine.signal('SIGSTOP');
    const banner = page.getByRole('status', { name: 'Engine', exact: true });
    await expect(banner).toContainText('did not answer');
    await expect(page.getByRole('list', { name: 'Notices' }).getByRole('listitem')).toHaveCount(0);
    await engine.signal('SIGCONT');
    await banner.getByRole('button', { name: 'Try again' }).click();
    await expect(banner).toHaveCount(0);
    await button(page, 'Stop').click();
    await expectEnd(page, 'Stoppedstopped on request');
    const [run] = await slipway.json<{ id: string }[]>('run', 'list');
    expectWholeTicks((await slipway.run('run', 'logs', run!.id)).stdout);
    await app.close();
  });

  test('that is away when the app starts: the run waits for it', async ({ slipway, code }) => {
    const env = { DOCKER_HOST: engine.host };
    const first = await openApp(slipway.dataDir, env);
    await createAndLaunch(first.page, await code({ 'main.py': TICKS }));
    await expect(log(first.page)).toContainText('tick 15');
    await first.close();
    await engine.signal('SIGKILL');
    const app = await openApp(slipway.dataDir, env);
    await expect(runState(app.page)).toHaveText('RunningDocker does not answer');
    await engine.up();
    await expectEnd(app.page, /^Crashedits engine stopped while it ran/);
    await expect.poll(containers).toEqual([]);
    await app.close();
  });

  test('that dies while it builds: the run ends with what happened', async ({ slipway, code }) => {
    const app = await openApp(slipway.dataDir, { DOCKER_HOST: engine.host });
    const { page } = app;
    // Nothing listens there: pip tries again for some seconds before it gives up.
    await slipway.run('settings', 'set', 'package-index', 'http://127.0.0.1:9/simple');
    await createAndLaunch(page, await code({ 'main.py': '', 'requirements.txt': 'six\n' }));
    await expect(runState(page)).toHaveText('Building');
    await page.getByRole('tab', { name: /Build/ }).click();
    await expect(page.getByRole('list', { name: 'Build steps' })).toContainText('pip');
    await engine.signal('SIGKILL');
    await expectEnd(page, /^Crashed/);
    await expect(page.getByRole('region', { name: 'State' })).toContainText(/engine/i);
    await engine.up();
    await expect.poll(containers).toEqual([]);
    await app.close();
  });
});
