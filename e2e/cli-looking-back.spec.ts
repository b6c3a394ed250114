import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/cli.ts';

interface RunRow {
  id: string;
  name: string;
  tags: string[];
  starred: boolean;
  notes: string;
}

const CODE = `
import argparse, time
parser = argparse.ArgumentParser()
parser.add_argument("--wait", type=float, default=0.0)
args = parser.parse_args()
print("ready", flush=True)
time.sleep(args.wait)
`;

test('runs and jobs are marked, compared, thrown away, brought back and deleted', async ({
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': CODE });
  const launch = ['launch', '-u', folder, '-E', 'python main.py', '-J', 'fit', '-r', 'process'];
  expect((await slipway.run(...launch)).status).toBe(0);
  await writeFile(join(folder, 'main.py'), `${CODE}\nraise SystemExit(3)\n`);
  expect((await slipway.run(...launch)).status).toBe(1);

  // Several at once, by names and the beginning of an id.
  const [bad, good] = await slipway.json<RunRow[]>('run', 'list');
  await slipway.run('run', 'star', good!.name, bad!.id.slice(0, 5));
  await slipway.run('run', 'tag', good!.name, '-t', 'größe', '-t', 'best');
  expect(await slipway.json('run', 'note', good!.name, '-m', 'the one to beat')).toMatchObject([
    { id: good!.id, tags: ['best', 'größe'], starred: true, notes: 'the one to beat' },
  ]);
  await slipway.run('run', 'rename', good!.name, 'first light');
  const shown = await slipway.run('run', 'show', 'first light');
  expect(shown.stdout).toMatch(/^tags: +best, größe$/m);

  const changes = await slipway.run('run', 'changes', bad!.name);
  expect(changes.stdout).toBe('main.py changed (+2 -0)\n');
  const compared = await slipway.run('run', 'compare', 'first light', bad!.name);
  expect(compared.stdout).toMatch(/Version +v0 +v1/);
  expect(compared.stdout).not.toContain('Entry point');
  expect((await slipway.run('run', 'compare', 'first light')).status).toBe(2);

  // Only what is in the bin is deleted, and not without being told to.
  expect((await slipway.run('run', 'delete', bad!.name, '--yes')).status).toBe(2);
  expect((await slipway.run('run', 'bin', bad!.name)).status).toBe(0);
  expect((await slipway.run('run', 'delete', bad!.name)).status).toBe(2);
  expect(await slipway.json('bin', 'list')).toMatchObject({ jobs: [], runs: [{ id: bad!.id }] });
  expect(await slipway.json('run', 'delete', bad!.name, '-y')).toEqual({ deleted: 1 });
  expect((await slipway.run('run', 'show', bad!.id)).status).toBe(2);

  // What is under way is not thrown away.
  const waiting = ['launch', '-j', 'fit:v0', '-r', 'process', '--async', '--param', 'wait=60'];
  const { run } = await slipway.json<{ run: RunRow }>(...waiting);
  const refused = await slipway.run('job', 'bin', 'fit');
  expect(refused.stderr).toContain(`The run "${run.name}" is under way.`);
  await slipway.run('run', 'stop', run.id, '--kill');

  // A job in the bin frees its name, and comes back with its runs.
  const [binned] = await slipway.json<{ id: string }[]>('job', 'bin', 'fit');
  expect((await slipway.run('launch', '-j', 'fit')).stderr).toContain('is in the bin');
  await slipway.run('job', 'create', 'code', folder, '-n', 'fit', '-E', 'python main.py');
  const taken = await slipway.run('job', 'restore', binned!.id);
  expect(taken.stderr).toContain('such as: fit-2');
  const back = await slipway.json('job', 'restore', binned!.id, '--rename');
  expect(back).toMatchObject([{ name: 'fit-2', runCount: 2 }]);
  await slipway.run('job', 'rename', 'fit-2', 'fitted');
  await slipway.run('job', 'bin', 'fit', 'fitted');
  expect(await slipway.json('bin', 'empty', '--yes')).toEqual({ jobs: 2, runs: 0 });
  expect(await slipway.json('run', 'list')).toEqual([]);
});
