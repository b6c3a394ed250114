import type { Page } from '@playwright/test';
import { expect, test, untilReady, type App } from './support/app.ts';
import type { Slipway } from './support/cli.ts';
import { expectWholeTicks, TICKS } from './support/code.ts';
import { docker } from './support/docker.ts';
import { button, createAndLaunch, expectEnd, goTo, log, runState } from './support/window.ts';

interface Run {
  id: string;
  state: string;
}

const onlyRun = async (slipway: Slipway): Promise<Run> => {
  const runs = await slipway.json<Run[]>('run', 'list');
  expect(runs).toHaveLength(1);
  return runs[0]!;
};

/** Waits until the log on the screen shows a later tick than it does now. */
async function expectGoesOn(page: Page): Promise<void> {
  const last = async () =>
    Number(/tick (\d+)(?!.*tick)/s.exec(await log(page).innerText())?.[1] ?? -1);
  const before = await last();
  await expect.poll(last, { timeout: 15_000 }).toBeGreaterThan(Math.max(before, 0));
}

/** Stops the run on the screen; its whole log has every line once, from one start. */
async function stopAndCheck(page: Page, slipway: Slipway): Promise<void> {
  const { id } = await onlyRun(slipway);
  await button(page, 'Stop').click();
  await expectEnd(page, 'Stoppedstopped on request');
  const { stdout } = await slipway.run('run', 'logs', id);
  expect(expectWholeTicks(stdout)).toBeGreaterThan(3);
  await expect.poll(() => docker.containersOf([id])).toEqual([]);
}

const cliLaunch = (folder: string, engine: string, ...more: string[]) => [
  'launch',
  ...['--uri', folder, '--job-name', 'ticks', '-E', 'python main.py', '--engine', engine, ...more],
];

for (const engine of ['docker', 'process']) {
  test.describe(`on the ${engine} engine`, () => {
    test.beforeEach(async ({ slipway }) => {
      await slipway.run('settings', 'set', 'engine', engine);
    });

    test('a reloaded page is at the same place, and the run goes on', async ({
      app: { page },
      slipway,
      code,
    }) => {
      await createAndLaunch(page, await code({ 'main.py': TICKS }));
      await expectGoesOn(page);
      await page.reload();
      await untilReady(page);
      await expect(runState(page)).toHaveText('Running');
      await expectGoesOn(page);
      await stopAndCheck(page, slipway);
    });

    for (const way of ['close', 'kill'] as const) {
      test(`after ${way === 'close' ? 'closing the app' : 'kill -9'} the run is followed on`, async ({
        app,
        openAgain,
        slipway,
        code,
      }) => {
        await createAndLaunch(app.page, await code({ 'main.py': TICKS }));
        await expectGoesOn(app.page);
        const { id } = await onlyRun(slipway);
        const before = await docker.containersOf([id]);
        await app[way]();
        expect(await docker.containersOf([id])).toEqual(before);
        const { page } = await openAgain();
        await openRunningRun(page);
        await expect(runState(page)).toHaveText('Running');
        await expectGoesOn(page);
        expect(await docker.containersOf([id])).toEqual(before);
        await stopAndCheck(page, slipway);
      });
    }

    test('a run that ended while the app was away has its end and its whole log', async ({
      app,
      openAgain,
      slipway,
      code,
    }) => {
      const short = TICKS.replace('600', '30').concat('exit(4)\n');
      await createAndLaunch(app.page, await code({ 'main.py': short }));
      await expectGoesOn(app.page);
      await app.kill();
      await new Promise((resolve) => setTimeout(resolve, 4000));
      const { page } = await openAgain();
      await goTo(page, 'Runs');
      await page.getByRole('row').filter({ hasText: 'code-0' }).dblclick();
      await expectEnd(page, 'Failedexit code 4');
      const { id } = await onlyRun(slipway);
      expect(expectWholeTicks((await slipway.run('run', 'logs', id)).stdout)).toBe(30);
      await expect.poll(() => docker.containersOf([id])).toEqual([]);
    });

    test('a run of the command line is live in the window and is stopped there', async ({
      app: { page },
      slipway,
      code,
    }) => {
      const running = slipway.start(...cliLaunch(await code({ 'main.py': TICKS }), engine));
      await running.printed('tick 1');
      await openRunningRun(page);
      await expectGoesOn(page);
      await stopAndCheck(page, slipway);
      const { status, stdout } = await running.ended;
      expect(status).toBe(1);
      expectWholeTicks(stdout);
    });

    test('a run of the window is stopped by the command line', async ({
      app: { page },
      slipway,
      code,
    }) => {
      await createAndLaunch(page, await code({ 'main.py': TICKS }));
      await expectGoesOn(page);
      const { id } = await onlyRun(slipway);
      const following = slipway.start('run', 'logs', '--follow', id);
      await following.printed('tick 1');
      expect((await slipway.run('run', 'stop', id)).status).toBe(0);
      await expectEnd(page, 'Stoppedstopped on request');
      expectWholeTicks((await following.ended).stdout);
    });

    test('a run whose command line was killed is taken over by the open window', async ({
      app: { page },
      slipway,
      code,
    }) => {
      const running = slipway.start(...cliLaunch(await code({ 'main.py': TICKS }), engine));
      await running.printed('tick 1');
      await openRunningRun(page);
      running.child.kill('SIGKILL');
      await running.ended;
      await expectGoesOn(page);
      await stopAndCheck(page, slipway);
    });
  });
}

async function openRunningRun(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Under way' }).getByRole('button').click();
  await log(page).waitFor();
}

test('the app and a background launch of the command line share one data folder', async ({
  app: { page },
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': TICKS });
  const { stdout } = await slipway.run(...cliLaunch(folder, 'process', '--async'));
  await openRunningRun(page);
  await expectGoesOn(page);
  await goTo(page, 'Jobs');
  await expect(page.getByRole('row').filter({ hasText: 'ticks' })).toContainText('Running');
  expect((await slipway.run('run', 'stop', stdout.trim(), '--kill')).status).toBe(0);
  await expect(page.getByRole('row').filter({ hasText: 'ticks' })).toContainText('Stopped');
});

test('the place and the tab are the same after the app was opened again', async ({
  app,
  openAgain,
  code,
}) => {
  const place = async ({ page }: App) => {
    await expect(page.getByRole('heading', { name: 'code-0' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Job details' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  };
  const { page } = app;
  await createAndLaunch(page, await code({ 'main.py': 'print(1)\n' }));
  await expectEnd(page, /Finished/);
  await button(page, 'code-0 v0').click();
  await page.getByRole('tab', { name: 'Job details' }).click();
  await place(app);
  await app.close();
  await place(await openAgain());
});
