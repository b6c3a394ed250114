import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { treeOf, type JobVersion } from '../../shared/domain/job.ts';
import { ROOM_KINDS } from '../../shared/domain/room.ts';
import type { Core } from '../create-core.ts';
import { testFolder } from '../db/testing.ts';
import { openRoomCore } from './testing/open-room-core.ts';

const control = { signal: new AbortController().signal };
const CHILD = fileURLToPath(new URL('testing/clean-forever.ts', import.meta.url));

function open(dataDir: string): Core {
  const core = openRoomCore(dataDir);
  onTestFinished(() => core.close());
  return core;
}

function code(folder: string, name: string, files: Record<string, string | Buffer>): string {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content);
  return root;
}

const make = async (core: Core, folder: string, name: string): Promise<JobVersion> => {
  const source = { kind: 'folder' as const, folder };
  const asked = { source, project: 'default', name, entryPoint: 'python3 main.py' };
  return (await core.maker.make(asked, control)).version;
};

let targets = 0;

/** Whether a version can be written back byte for byte: its digest is that of all of it. */
async function isWhole(core: Core, version: JobVersion, folder: string): Promise<boolean> {
  const target = join(folder, `back-${(targets += 1)}`);
  const tree = treeOf(version.source)!;
  await core.snapshots.writeTo(tree, target, control);
  return (await core.snapshots.freeze(target, { includeSecrets: [] }, control)).digest === tree;
}

/** By a program of the system, and not by ours. */
const du = (path: string): number =>
  Number(execFileSync('du', ['-s', '--block-size=1', path], { encoding: 'utf8' }).split('\t')[0]);

function leave(dataDir: string, path: string, bytes: number): string {
  const file = join(dataDir, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, randomBytes(bytes));
  utimesSync(file, 1, 1);
  utimesSync(join(file, '..'), 1, 1);
  return file;
}

test('what goes is what was promised, and every version that stays runs again', async () => {
  const folder = testFolder();
  const dataDir = join(folder, 'data');
  const core = open(dataDir);
  const shared = randomBytes(2_000_000);
  const main = 'print(open("shared.bin", "rb").read(4).hex())\n';
  const kept = await make(
    core,
    code(folder, 'kept', { 'main.py': main, 'shared.bin': shared }),
    'kept',
  );
  const gone = code(folder, 'gone', {
    'main.py': main,
    'shared.bin': shared,
    'own.bin': randomBytes(9_000_000),
  });
  const { jobId } = await make(core, gone, 'gone');
  core.bin.binJobs([jobId]);
  const inBin = await core.room.measure(control);
  const ofCode = inBin.kinds.find(({ kind }) => kind === 'snapshots')!;
  // Pages that nothing uses, and nothing of what a job in the bin needs.
  expect(ofCode.freeable).toBeLessThan(3_000_000);
  await core.remover.deleteJobs([jobId]);

  const loose = [
    leave(dataDir, 'logs/00000000-0000-4000-8000-000000000000.log', 400_000),
    leave(dataDir, 'outputs/00000000-0000-4000-8000-000000000000/model.bin', 900_000),
    leave(dataDir, `process/environments/${'ab'.repeat(32)}/lib.so`, 700_000),
    leave(dataDir, `git/${'cd'.repeat(32)}.git/pack`, 300_000),
    leave(dataDir, 'process/attempts/.new-0000/code', 100_000),
  ];
  const report = await core.room.measure(control);
  expect(report.kinds.flatMap(({ problem }) => problem ?? []).length).toBeLessThanOrEqual(1);
  expect(report.jobs.map(({ name }) => name)).toEqual(['kept']);
  const before = du(dataDir);
  const { freed, problems } = await core.room.cleanUp(ROOM_KINDS, control);
  const truth = before - du(dataDir);
  expect(problems).toEqual([]);
  expect(Math.abs(report.freeable - truth)).toBeLessThanOrEqual(0.02 * truth);
  expect(Math.abs(freed - truth)).toBeLessThanOrEqual(0.02 * truth);
  expect(truth).toBeGreaterThan(11_000_000);
  expect(loose.filter((path) => existsSync(path))).toEqual([]);
  expect((await core.room.measure(control)).freeable).toBeLessThan(0.01 * truth);

  const { run } = await core.runs.launch(
    { jobId: kept.jobId, versionId: kept.id, engine: 'process', attend: true },
    control,
  );
  await core.runs.attended(run.id);
  expect(core.runs.get(run.id)).toMatchObject({ state: 'finished' });
  expect(readFileSync(join(dataDir, 'logs', `${run.id}.log`), 'latin1')).toContain(
    shared.subarray(0, 4).toString('hex'),
  );
  // What it ran in stays: it is that of the newest version.
  const after = await core.room.cleanUp(ROOM_KINDS, control);
  expect(after.report.items.find(({ kind }) => kind === 'environments')).toMatchObject({
    because: 'used by kept v0, the newest version',
    freeable: 0,
  });
  expect(await isWhole(core, kept, folder)).toBe(true);
});

test('versions that are made while somebody cleans up are whole, also when that one is killed', async () => {
  const folder = testFolder();
  const dataDir = join(folder, 'data');
  const core = open(dataDir);
  const versions: JobVersion[] = [];
  const common = randomBytes(50_000);
  for (let round = 0; round < 3; round++) {
    const child = spawn(process.execPath, [CHILD, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => void child.once('exit', resolve));
    await new Promise((resolve) => void child.stdout.once('data', resolve));
    for (let step = 0; step < 8; step++) {
      const files = {
        'main.py': `print(${round}, ${step})\n`,
        'common.bin': common,
        'own.bin': randomBytes(step % 2 === 0 ? 700_000 : 20_000),
      };
      const source = code(folder, `code-${round}-${step}`, files);
      // One of two is forgotten at once: it gives the other process something to remove.
      if (step % 2 === 0) await core.snapshots.freeze(source, { includeSecrets: [] }, control);
      else versions.push(await make(core, source, `job-${step}`));
    }
    child.kill('SIGKILL');
    await ended;
  }
  for (const version of versions) expect(await isWhole(core, version, folder)).toBe(true);
  const { problems } = await core.room.cleanUp(ROOM_KINDS, control);
  expect(problems).toEqual([]);
  for (const version of versions) expect(await isWhole(core, version, folder)).toBe(true);
});

test('while a version is made or a run is made ready, what that may need stays', async () => {
  const folder = testFolder();
  const dataDir = join(folder, 'data');
  const core = open(dataDir);
  const end = Promise.withResolvers<void>();
  const { useLocks, placesIn } = await import('../open-stores.ts');
  const holding = useLocks(placesIn(core.dataDir));
  const held = [holding.versions, holding.environments].map((lock) =>
    lock.hold(() => end.promise, control.signal),
  );
  const mirror = leave(dataDir, `git/${'cd'.repeat(32)}.git/pack`, 30_000);
  const history = leave(dataDir, `git/${'cd'.repeat(32)}.history.git/pack`, 20_000);
  const environment = leave(dataDir, `process/environments/${'ab'.repeat(32)}/lib.so`, 70_000);
  const busy = await core.room.cleanUp(ROOM_KINDS, control);
  expect(busy.problems).toHaveLength(2);
  expect([existsSync(mirror), existsSync(environment)]).toEqual([true, true]);
  end.resolve();
  await Promise.all(held);
  expect((await core.room.cleanUp(ROOM_KINDS, control)).problems).toEqual([]);
  const left = [mirror, history, environment].filter((path) => existsSync(path));
  expect(left).toEqual([]);
});

test('the budget frees the oldest first, and no more than it has to', async () => {
  const folder = testFolder();
  const dataDir = join(folder, 'data');
  const core = open(dataDir);
  const files = ['a', 'b', 'c'].map((name) => leave(dataDir, `git/${name}.git.new/pack`, 500_000));
  const { total } = await core.room.measure(control);
  const cleaned = await core.room.keepBudget(total - 600_000, control);
  expect(cleaned!.report.total).toBeLessThanOrEqual(total - 600_000);
  expect(files.filter((file) => existsSync(file))).toHaveLength(1);
  expect(await core.room.keepBudget(total, control)).toBeNull();
  // A budget that cannot be kept frees all that can be, and then nothing more.
  expect((await core.room.keepBudget(1, control))!.report).toMatchObject({ freeable: 0 });
  expect(await core.room.keepBudget(1, control)).toBeNull();
});
