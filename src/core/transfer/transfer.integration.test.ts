import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTROL, dataFolder, type DataFolder } from './testing/data-folder.ts';

function fill(folder: string, files: Record<string, string | Buffer>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const BASE = { kind: 'git', remote: 'https://git.example/a/b.git', ref: 'main' } as const;
const COMMIT = 'c0ffee'.padEnd(40, '0');

async function withTwoVersions(): Promise<DataFolder> {
  const here = dataFolder();
  const folder = fill(here.source('code'), {
    'main.py': 'print(1)\n',
    'data/big.bin': Buffer.alloc(1_800_000, 'some bytes that repeat'),
    'data/empty': '',
  });
  chmodSync(join(folder, 'main.py'), 0o755);
  symlinkSync('main.py', join(folder, 'link'));
  here.addVersion(await here.freeze(folder), {}, ['stable']);
  writeFileSync(join(folder, 'main.py'), 'print(2)\n');
  const types = { inputs: { wb_type: 'typedDict', params: {} }, outputs: null };
  const inputSchema = { properties: { lr: { type: 'number', maximum: 1 } } };
  here.addVersion(await here.freeze(folder), { types, inputSchema });
  return here;
}

describe('a version as one file', () => {
  it('is the same on another data folder, where nothing of the first is known', async () => {
    const here = await withTwoVersions();
    const file = join(here.path, 'train.slipway');
    const written = await here.transfer.export(here.versions(), file, { force: false }, CONTROL);
    expect(written).toMatchObject({ file, versions: 2, files: 4, notes: [] });

    const there = dataFolder();
    const imported = await there.transfer.import(file, {}, CONTROL);
    expect(imported.job).toMatchObject({ name: 'train', projectName: 'lab', folder: null });
    expect(imported.job.description).toBe('trains it');
    expect(imported.versions.map(({ created }) => created)).toEqual([true, true]);
    const [before, after] = [here.versions(), there.versions()];
    const portable = before.map(({ id: _id, jobId: _jobId, source, ...rest }) => ({
      ...rest,
      source: { ...source, folder: null },
    }));
    expect(after.map(({ id: _id, jobId: _jobId, ...rest }) => rest)).toEqual(portable);

    const target = join(there.path, 'back');
    const tree = after[0]?.source.kind === 'code' ? after[0].source.tree : '';
    expect(await there.snapshots.writeTo(tree, target, CONTROL)).toBe(3);
    expect(readFileSync(join(target, 'main.py'), 'utf8')).toBe('print(1)\n');
    expect(await there.freeze(target)).toMatchObject({ tree });
  });

  it('has the same bytes each time, and shares what versions share', async () => {
    const here = await withTwoVersions();
    const files = ['one', 'two'].map((name) => join(here.path, name));
    for (const file of files) {
      await here.transfer.export(here.versions(), file, { force: false }, CONTROL);
    }
    const [one, two] = files.map((file) => readFileSync(file));
    expect(one!.equals(two!)).toBe(true);
    expect(one!.length).toBeLessThan(100_000);
  });

  it('takes the tree of a commit and of what changed on top of it', async () => {
    const here = dataFolder();
    const base = await here.freeze(fill(here.source('base'), { 'main.py': 'print(1)\n' }));
    const code = await here.freeze(fill(here.source('dirty'), { 'main.py': 'print(2)\n', x: '' }));
    const { tree, files, bytes } = code;
    const dirty = { base: base.tree, untracked: ['x'] };
    here.addVersion({ ...BASE, commit: COMMIT, tree, files, bytes, dirty });
    const file = join(here.path, 'dirty.slipway');
    await here.transfer.export(here.versions(), file, { force: false }, CONTROL);

    const there = dataFolder();
    await there.transfer.import(file, {}, CONTROL);
    expect(there.versions()[0]?.source).toEqual(here.versions()[0]?.source);
    expect(await there.snapshots.entries(base.tree)).toEqual(
      await here.snapshots.entries(base.tree),
    );
  });

  it('of an image is its reference and digest, and says so', async () => {
    const here = dataFolder();
    const image = {
      kind: 'image',
      reference: 'registry.example:5000/team/train:v3',
      digest: `sha256:${'ab'.repeat(32)}`,
      local: false,
      platform: 'linux/amd64',
      command: ['python', '-m', 'train'],
    } as const;
    here.addVersion({ ...image, command: [...image.command] });
    const file = join(here.path, 'image.slipway');
    const written = await here.transfer.export(here.versions(), file, { force: false }, CONTROL);
    expect(written.notes).toEqual([expect.stringContaining('is pulled from its registry')]);
    const there = dataFolder();
    await there.transfer.import(file, {}, CONTROL);
    expect(there.versions()[0]?.source).toEqual(image);
  });
});

describe('writing the file', () => {
  it('replaces nothing unless asked to, and leaves no unfinished file', async () => {
    const here = await withTwoVersions();
    const folder = here.source('out');
    const file = join(folder, 'train.slipway');
    writeFileSync(file, 'precious');
    const write = (force: boolean) =>
      here.transfer.export(here.versions(), file, { force }, CONTROL);
    await expect(write(false)).rejects.toMatchObject({ code: 'E_TARGET_EXISTS' });
    expect(readFileSync(file, 'utf8')).toBe('precious');
    await write(true);
    expect(readFileSync(file).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    expect(readdirSync(folder)).toEqual(['train.slipway']);
  });

  it.each(['no/such/folder/x.slipway', 'out'])('refuses the place %s', async (place) => {
    const here = await withTwoVersions();
    here.source('out');
    const file = join(here.path, 'sources', place);
    const write = here.transfer.export(here.versions(), file, { force: true }, CONTROL);
    await expect(write).rejects.toMatchObject({
      code: place === 'out' ? 'E_TARGET_EXISTS' : 'E_SOURCE_NOT_FOUND',
    });
  });

  it('ends when it is cancelled, and leaves nothing', async () => {
    const here = await withTwoVersions();
    const folder = here.source('out');
    const cancel = new AbortController();
    const control = { signal: cancel.signal, onProgress: () => cancel.abort() };
    const file = join(folder, 'train.slipway');
    const write = here.transfer.export(here.versions(), file, { force: false }, control);
    await expect(write).rejects.toMatchObject({ code: 'E_CANCELLED' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not write what is damaged in the store', async () => {
    const here = await withTwoVersions();
    const file = join(here.path, 'train.slipway');
    const [version] = here.versions();
    const source = { ...version!.source, tree: 'ff'.repeat(32) };
    const broken = { ...version!, source } as typeof version & object;
    const write = here.transfer.export([broken], file, { force: false }, CONTROL);
    await expect(write).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
    expect(existsSync(file)).toBe(false);
  });
});

describe('taking the file in', () => {
  const exported = async () => {
    const here = await withTwoVersions();
    const file = join(here.path, 'train.slipway');
    await here.transfer.export(here.versions(), file, { force: false }, CONTROL);
    return { here, file };
  };

  it('again finds what is there, and keeps the folder of the job', async () => {
    const { here, file } = await exported();
    const { id } = here.repos.projects.byName('lab')!;
    const source = await here.freeze(here.source('code'));
    const [first] = here.versions();
    here.repos.jobs.addVersion(
      { projectId: id, name: 'train', folder: source.folder },
      { ...first!, types: null },
      1,
    );
    const before = here.versions();
    const imported = await here.transfer.import(file, {}, CONTROL);
    expect(imported.versions.map(({ created }) => created)).toEqual([false, false]);
    expect(here.versions()).toEqual(before);
    expect(imported.job.folder).toBe(source.folder);
  });

  it('adds to another job and project when asked to', async () => {
    const { here, file } = await exported();
    const target = { project: 'other', jobName: 'copy' };
    const { job } = await here.transfer.import(file, target, CONTROL);
    expect(job).toMatchObject({ projectName: 'other', name: 'copy', latestVersion: 1 });
    expect(here.versions('other', 'copy').map(({ aliases }) => aliases)).toEqual([
      ['stable'],
      ['latest'],
    ]);
  });

  it('leaves an alias where it is, and says so', async () => {
    const { file } = await exported();
    const there = dataFolder();
    const own = await there.freeze(fill(there.source('own'), { 'main.py': 'print(9)\n' }));
    there.addVersion(own, {}, ['stable']);
    const { notes } = await there.transfer.import(file, {}, CONTROL);
    expect(notes).toEqual(['The alias "stable" stays where it is; v1 comes without it.']);
    expect(there.versions().map(({ aliases }) => aliases)).toEqual([['stable'], [], ['latest']]);
  });

  it.each([
    [{ project: '../x' }, 'E_NAME'],
    [{ jobName: '' }, 'E_NAME'],
  ])('refuses %j', async (target, code) => {
    const { here, file } = await exported();
    await expect(here.transfer.import(file, target, CONTROL)).rejects.toMatchObject({ code });
  });

  it('ends when it is cancelled, and adds no version', async () => {
    const { file } = await exported();
    const there = dataFolder();
    const cancel = new AbortController();
    const control = { signal: cancel.signal, onProgress: () => cancel.abort() };
    const taken = there.transfer.import(file, {}, control);
    await expect(taken).rejects.toMatchObject({ code: 'E_CANCELLED' });
    expect(there.rows()).toMatchObject({ trees: 0, job: 0, job_version: 0 });
  });
});
