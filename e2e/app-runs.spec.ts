import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test as base } from './support/app.ts';
import { TICKS } from './support/code.ts';
import { docker } from './support/docker.ts';
import {
  button,
  createAndLaunch,
  dropFolders,
  expectEnd,
  goTo,
  launch,
  log,
  newJob,
  runState,
} from './support/window.ts';

interface Shown {
  run: { id: string; state: string; exitCode: number | null; engine: string };
  events: { state: string | null }[];
}

const test = base.extend<{ emptyIndex: string }>({
  /** A package index without packages, at an address that containers reach as well. */
  emptyIndex: async ({}, use) => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    // The engine's network has the machine's own address on it; 127.0.0.1 would be the container.
    const host = networkInterfaces()['docker0']?.find(({ family }) => family === 'IPv4')?.address;
    await use(`http://${host ?? '127.0.0.1'}:${(server.address() as AddressInfo).port}/simple`);
    server.close();
  },
});

const onEngine = (engine: string) => ['settings', 'set', 'engine', engine];

for (const engine of ['docker', 'process']) {
  test.describe(`on the ${engine} engine`, () => {
    test.beforeEach(async ({ slipway }) => void (await slipway.run(...onEngine(engine))));

    test('a run goes through its states to its end, with its log', async ({
      app: { page },
      slipway,
      code,
      folder,
    }) => {
      // A text of its own, so that no image of another test is reused.
      const text = `import sys\nprint("out of ${folder}")\nprint("to stderr", file=sys.stderr)\n`;
      await createAndLaunch(page, await code({ 'main.py': text }));
      await expectEnd(page, 'Finishedexit code 0');
      await expect(log(page)).toContainText(`out of ${folder}`);
      await expect(log(page)).toContainText('to stderr');
      await page.getByRole('tab', { name: 'Overview' }).click();
      await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Running');
      const [run] = await slipway.json<Shown['run'][]>('run', 'list');
      const shown = await slipway.json<Shown>('run', 'show', run!.id);
      expect(shown.run).toMatchObject({ state: 'finished', exitCode: 0, engine });
      const states = shown.events.flatMap(({ state }) => state ?? []);
      expect(states).toEqual([
        'queued',
        'preparing',
        'building',
        'starting',
        'running',
        'finished',
      ]);
      expect(await docker.containersOf([run!.id])).toEqual([]);
    });

    test('a failing program: its exit code is the reason', async ({ app: { page }, code }) => {
      await createAndLaunch(page, await code({ 'main.py': 'print("no")\nexit(3)\n' }));
      await expectEnd(page, 'Failedexit code 3');
      await expect(log(page)).toContainText('no');
      await goTo(page, 'Runs');
      await expect(page.getByRole('row').filter({ hasText: 'code-0' })).toContainText(
        'exit code 3',
      );
    });

    test('a run is stopped with one click, and keeps its log', async ({
      app: { page },
      slipway,
      code,
    }) => {
      await createAndLaunch(page, await code({ 'main.py': TICKS }));
      await expect(log(page)).toContainText('tick 2');
      const [run] = await slipway.json<Shown['run'][]>('run', 'list');
      const containers = await docker.containersOf([run!.id]);
      expect(containers).toHaveLength(engine === 'docker' ? 1 : 0);
      await button(page, 'Stop').click();
      await expectEnd(page, 'Stoppedstopped on request');
      await expect(button(page, 'Launch again')).toBeVisible();
      await expect(log(page)).toContainText('tick 2');
      await expect.poll(() => docker.containersOf([run!.id])).toEqual([]);
    });

    test('a requirement that cannot be installed: the step fails with its output', async ({
      app: { page },
      slipway,
      code,
      emptyIndex,
    }) => {
      await slipway.run('settings', 'set', 'package-index', emptyIndex);
      const files = { 'main.py': '', 'requirements.txt': 'no-such-package-here==9\n' };
      await createAndLaunch(page, await code(files));
      await expectEnd(page, /^Failed.*(pip install|no-such-package-here)/);
      await button(page, 'See the build').click();
      const failed = page.getByRole('listitem').filter({ hasText: 'Failed' });
      await expect(failed).toContainText('no-such-package-here');
    });
  });
}

test('a base image that is not to be had is named, with what to do', async ({
  app: { page },
  slipway,
  code,
}) => {
  const image = `${process.env['SLIPWAY_TEST_REGISTRY']}/not/there:1`;
  await slipway.run('settings', 'set', 'base-image', image);
  await createAndLaunch(page, await code({ 'main.py': '' }));
  await expectEnd(page, new RegExp(`^Failed.*${image}`));
  await expect(page.getByRole('region', { name: 'State' })).toContainText(/base image/i);
});

test('the process engine is used where the launch asks for it', async ({
  app: { page },
  slipway,
  code,
}) => {
  await newJob(page, await code({ 'main.py': 'print("child")\n' }));
  await button(page, 'Create job').click();
  await launch(page, 'Process');
  await expectEnd(page, 'Finishedexit code 0');
  const [run] = await slipway.json<Shown['run'][]>('run', 'list');
  expect(run!.engine).toBe('process');
});

test('two runs of two jobs are side by side, each with its own log', async ({
  app: { page },
  slipway,
  code,
}) => {
  await slipway.run(...onEngine('process'));
  const folders = [
    await code({ 'main.py': TICKS.replaceAll('tick', 'left') }),
    await code({ 'main.py': TICKS.replaceAll('tick', 'right') }),
  ];
  await dropFolders(page, folders);
  for (const name of ['code-0', 'code-1']) {
    await page.getByRole('heading', { name: `New job from ${name}/` }).waitFor();
    await button(page, 'Create and launch').click();
  }
  await expect(log(page)).toContainText('right 1');
  const running = page.getByRole('region', { name: 'Under way' }).getByRole('button');
  await expect(running).toHaveCount(2);
  await running.first().click();
  await expect(log(page)).toContainText('left 1');
  await expect(log(page)).not.toContainText('right');
  for (const _ of folders) {
    await running.first().click();
    await button(page, 'Stop').click();
    await expect(runState(page)).toContainText('Stopped');
  }
  await expect(running).toHaveCount(0);
});
