import { writeFile } from 'node:fs/promises';
import { expect, test, type Slipway } from './support/cli.ts';

const CODE = `
import argparse, os, sys, time
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=3)
args = parser.parse_args()
print("loss:", args.lr * args.epochs, flush=True)
time.sleep(float(os.environ.get("WAIT", "0")))
fails = args.epochs == int(os.environ.get("FAIL", "-1"))
sys.exit(3 if fails and not os.path.exists(os.environ["MARK"]) else 0)
`;

interface Cells {
  sweep: { id: string; name: string; states: Record<string, number> };
  cells: { cell: number; values: Record<string, unknown>; run: { id: string; state: string } }[];
}

async function job(slipway: Slipway, folder: string): Promise<void> {
  const args = ['job', 'create', 'code', folder, '-n', 'swept', '-E', 'python main.py'];
  expect((await slipway.run(...args)).status).toBe(0);
}

const grid = ['-j', 'swept', '--grid', 'lr=0.1,0.01', 'epochs=1..3:2', '-r', 'process'];

test('the cells are listed, run, shown with their metrics, and the failed ones run again', async ({
  slipway,
  code,
  folder,
}) => {
  await job(slipway, await code({ 'main.py': CODE }));
  const dry = await slipway.json<{ cells: number; first: unknown[] }>(
    ...['sweep', 'start', ...grid, '--dry-run', '--env', 'MARK=/none'],
  );
  expect(dry).toMatchObject({
    cells: 4,
    first: [
      { lr: 0.1, epochs: 1 },
      { lr: 0.1, epochs: 3 },
      { lr: 0.01, epochs: 1 },
      { lr: 0.01, epochs: 3 },
    ],
  });
  expect(await slipway.json('run', 'list')).toEqual([]);
  const mark = `${folder}/mark`;
  const more = ['--env', 'FAIL=3', '--env', `MARK=${mark}`, '--metric', 'loss: {loss}', '-n', '2'];
  const first = await slipway.run('sweep', 'start', ...grid, ...more, '--name', 'grid');
  expect(first.status).toBe(1);
  expect(first.stderr).toContain('4 of 4 ended: 2 failed, 2 finished');
  const shown = await slipway.run('sweep', 'show', 'grid', '--metrics', 'loss');
  expect(shown.stdout).toMatch(/CELL +lr +epochs +STATE +loss +RUN/);
  expect(shown.stdout).toMatch(/^4 +0\.01 +3 +✗ failed +0\.03 /m);
  const before = await slipway.json<Cells>('sweep', 'show', 'grid');
  await writeFile(mark, '');
  const again = await slipway.run('sweep', 'rerun-failed', 'grid');
  expect(again.status).toBe(0);
  const after = await slipway.json<Cells>('sweep', 'show', 'grid');
  expect(after.sweep.states).toMatchObject({ finished: 4 });
  const kept = (cells: Cells) => cells.cells.filter(({ values }) => values['epochs'] === 1);
  expect(kept(after)).toEqual(kept(before));
  expect((await slipway.run('sweep', 'rerun-failed', 'grid')).status).toBe(2);
});

test('Ctrl-C stops all of it', async ({ slipway, code }) => {
  await job(slipway, await code({ 'main.py': CODE }));
  const wait = ['--env', 'MARK=/none', '--env', 'WAIT=60'];
  const { child, printed, ended } = slipway.start('sweep', 'start', ...grid, ...wait);
  await printed('0 of 4 ended');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ status: 130 });
  const runs = await slipway.json<{ state: string }[]>('run', 'list');
  expect(runs.map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'stopped'));
});

test('left in the background it goes on, and is stopped from another terminal', async ({
  slipway,
  code,
}) => {
  await job(slipway, await code({ 'main.py': CODE }));
  const wait = ['--env', 'MARK=/none', '--env', 'WAIT=60', '--async'];
  const { status, stdout } = await slipway.run('sweep', 'start', ...grid, ...wait);
  expect(status).toBe(0);
  const id = stdout.trim();
  await expect
    .poll(async () => (await slipway.json<Cells>('sweep', 'show', id)).sweep.states)
    .toMatchObject({ running: 1 });
  expect(await slipway.run('sweep', 'stop', id, '--kill')).toMatchObject({ status: 0 });
  const [sweep] = await slipway.json<{ states: object }[]>('sweep', 'list');
  expect(sweep!.states).toMatchObject({ stopped: 4 });
});

test('the same seed draws the same cells, within the range and in the type of the input', async ({
  slipway,
  code,
}) => {
  await job(slipway, await code({ 'main.py': CODE }));
  const draw = (seed: string) =>
    slipway.json<{ first: { lr: number; epochs: number }[] }>(
      ...['sweep', 'start', '-j', 'swept', '--env', 'MARK=/none', '--dry-run'],
      ...['--random', 'lr=log(1e-5,1e-1)', '--random', 'epochs=1..9'],
      ...['--count', '5', '--seed', seed],
    );
  const drawn = await draw('7');
  expect(drawn).toEqual(await draw('7'));
  expect(drawn).not.toEqual(await draw('8'));
  for (const { lr, epochs } of drawn.first) {
    expect(lr).toBeGreaterThanOrEqual(1e-5);
    expect(lr).toBeLessThanOrEqual(0.1);
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(epochs);
  }
});

test('what is wrong with a sweep is told, and starts nothing', async ({ slipway, code }) => {
  await job(slipway, await code({ 'main.py': CODE }));
  for (const [args, expected] of [
    [[], 'E_SWEEP'],
    [['--grid', 'lr=1', '--random', 'epochs=1..9'], 'E_SWEEP'],
    [['--grid', 'lr=fast'], 'E_PARAM_TYPE'],
    [['--grid', 'epoch=1,2'], 'E_PARAM_UNKNOWN'],
    [['--grid', 'epochs=1..1000000'], 'E_SWEEP'],
    [['--grid', 'epochs=5..1'], 'E_SWEEP'],
    [['--random', 'lr=log(0,1)', '--count', '3'], 'E_SWEEP'],
    [['--grid', 'lr=1', '--env', 'A B=1'], 'E_ENV_KEY'],
  ] as const) {
    const { error } = await slipway.json<{ error: { code: string } }>(
      ...['sweep', 'start', '-j', 'swept', '--env', 'MARK=/none', ...args],
    );
    expect.soft({ args, code: error.code }).toEqual({ args, code: expected });
  }
  expect(await slipway.json('run', 'list')).toEqual([]);
  expect(await slipway.json('sweep', 'list')).toEqual([]);
});
