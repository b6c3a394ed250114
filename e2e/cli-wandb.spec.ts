import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/cli.ts';
import { docker } from './support/docker.ts';
import { buildSdkImage } from './support/wandb-sdk.ts';

const PRINTS = `
import json, wandb
run = wandb.init(config={"lr": 0.1, "model": {"width": 1, "depth": 2}})
config = dict(run.config)
print("received", json.dumps(config if len(config) < 100 else len(config)), flush=True)
run.log({"loss": 0.5})
`;

const TRAINS = `
import time, wandb
run = wandb.init()
for step in range(600):
    run.log({"loss": 1 / (step + 1)})
    print("logged", step + 1, flush=True)
    time.sleep(0.2)
`;

interface Shown {
  run: { id: string; state: string };
  metrics: { name: string; count: number }[];
}

const launch = (folder: string, ...more: string[]): string[] => [
  'launch',
  ...['-u', folder, '-J', 'sdk', '-E', 'python main.py', '-r', 'docker', ...more],
];

test('a script that never calls the SDK is finished', async ({ slipway, code }) => {
  const folder = await code({ 'main.py': 'print("no tracking")\n' });
  expect(await slipway.run(...launch(folder))).toMatchObject({
    ...{ status: 0, stdout: 'no tracking\n' },
  });
});

test.describe('with the real SDK', () => {
  let image: string | null = null;
  test.beforeAll(async () => {
    test.setTimeout(300_000);
    image = await buildSdkImage();
  });
  test.afterAll(async () => {
    if (image !== null) await docker.command('rmi', '--force', image);
  });
  test.beforeEach(async ({ slipway }) => {
    test.skip(image === null, 'the wheels of the SDK cannot be had on this machine');
    await slipway.run('settings', 'set', 'base-image', image!);
  });

  test('overrides are merged into the config, without a network', async ({ slipway, code }) => {
    const folder = await code({ 'main.py': PRINTS });
    const given = '{"overrides": {"run_config": {"lr": 0.5, "model": {"width": 9}, "new": "x"}}}';
    const args = launch(folder, '-c', given, '--no-network');
    const { status, stdout } = await slipway.run(...args);
    expect(status).toBe(0);
    expect(received(stdout)).toEqual({ lr: 0.5, model: { width: 9, depth: 2 }, new: 'x' });
    const [run] = await slipway.json<{ id: string; summary: object }[]>('run', 'list');
    expect(run!.summary).toMatchObject({ loss: 0.5 });
  });

  test('5,000 keys arrive', async ({ slipway, code, folder }) => {
    const names = Array.from({ length: 5000 }, (_, i) => [`key_${i}`, i] as const);
    const spec = { overrides: { run_config: Object.fromEntries(names) } };
    await writeFile(join(folder, 'spec.json'), JSON.stringify(spec));
    const root = await code({ 'main.py': PRINTS });
    const { status, stdout } = await slipway.run(...launch(root, '-c', join(folder, 'spec.json')));
    expect({ status, received: received(stdout) }).toEqual({ status: 0, received: 5002 });
  });

  test('metrics are there while it runs, and none is lost when it is stopped', async ({
    slipway,
    code,
  }) => {
    const folder = await code({ 'main.py': TRAINS });
    const { child, printed, ended } = slipway.start(...launch(folder));
    await printed('logged 5');
    const [{ id }] = (await slipway.json<{ id: string }[]>('run', 'list')) as [{ id: string }];
    const points = async (): Promise<number> => {
      const { metrics } = await slipway.json<Shown>('run', 'show', id);
      return metrics.find(({ name }) => name === 'loss')?.count ?? 0;
    };
    await expect.poll(points).toBeGreaterThanOrEqual(5);
    child.kill('SIGINT');
    const { status, stdout } = await ended;
    expect(status).toBe(130);
    const logged = stdout.match(/^logged \d+$/gm)!.length;
    const kept = await points();
    // The interrupt may have come between a log and the line that tells it.
    expect([logged, logged + 1]).toContain(kept);
  });
});

const received = (stdout: string): unknown =>
  JSON.parse(/^received (.*)$/m.exec(stdout)?.[1] ?? 'null');
