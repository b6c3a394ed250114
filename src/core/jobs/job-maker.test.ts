import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { NO_ENVIRONMENT, type GitSource } from '../../shared/domain/job.ts';
import { systemClock } from '../clock.ts';
import { testDatabase } from '../db/testing.ts';
import { unheld } from '../db/use-lock.ts';
import type { Engine } from '../engines/engine.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import type { GitSources } from '../sources/git/git-types.ts';
import { JobMaker } from './job-maker.ts';
import type { JobRequest, SourceRequest } from './job-request.ts';

const control = { signal: new AbortController().signal };

const sha = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** A maker over a real database, and sources in memory that a test may change. */
function testMaker() {
  const { repos } = testDatabase();
  const files: Record<string, string> = { 'main.py': 'print(1)' };
  const world = { commit: 'a'.repeat(40), digest: `sha256:${'1'.repeat(64)}`, command: ['run'] };
  const frozen = () => ({ files: Object.keys(files).length, bytes: 1 });
  const snapshots: Pick<Snapshots, 'freeze' | 'examine'> = {
    freeze: async () => ({ ...frozen(), digest: sha(files), leftOut: [], known: false }),
    examine: async (_tree, { entryPoint, build }) => {
      const script = entryPoint?.[1] ?? '';
      if (!(script in files)) throw new AppError('E_ENTRYPOINT_MISSING', `${script} is not there`);
      return { entryPoint: entryPoint ?? [], build, environment: NO_ENVIRONMENT, notes: [] };
    },
  };
  const gitSource = (remote: string, ref: string | null): GitSource => ({
    ...{ kind: 'git', tree: sha(files), ...frozen(), remote, ref },
    ...{ commit: world.commit, dirty: null },
  });
  const git: Pick<GitSources, 'freeze' | 'freezeLocalClone'> = {
    freezeLocalClone: async (folder) => ({
      source: gitSource(dirname(folder), 'main'),
      ...{ branch: 'main', root: dirname(folder), context: basename(folder), notes: [] },
      leftOut: [{ path: '.env', kind: 'file', reason: 'secret', rule: 'environment file' }],
    }),
    freeze: async ({ address, ref }) => ({
      source: gitSource(address, ref ?? null),
      remote: address,
      ref: ref ?? null,
      commit: world.commit,
      notes: [],
      context: null,
      file: null,
      submodules: [],
    }),
  };
  const images: Pick<Engine, 'resolveImage'> = {
    resolveImage: async (reference) => ({
      kind: 'image',
      reference,
      digest: world.digest,
      local: false,
      platform: 'linux/amd64',
      command: world.command,
    }),
  };
  const maker = new JobMaker({
    repos,
    snapshots: snapshots as Snapshots,
    git: git as GitSources,
    images,
    clock: systemClock,
    hold: unheld,
  });
  const make = (source: SourceRequest, change: Partial<JobRequest> = {}) =>
    maker.make({ source, project: 'mine', entryPoint: 'python main.py', ...change }, control);
  return { repos, maker, files, world, make };
}

const FOLDER = { kind: 'folder' as const, folder: '/code', includeSecrets: [] as string[] };
const REPO = { kind: 'git' as const, address: 'https://host/team/repo.git' };
const IMAGE = { kind: 'image' as const, reference: 'host:5000/team/train:main' };

describe('a job from a folder', () => {
  it('takes in the secrets of the newest version unless it is told which', async () => {
    const { make, files } = testMaker();
    const secretsOf = async (source: Partial<typeof FOLDER>) => {
      files['main.py'] += '\n';
      const { version } = await make({ ...FOLDER, ...source }, { name: 'job' });
      return version.source.kind === 'code' && version.source.includedSecrets;
    };
    const unsaid = { includeSecrets: undefined as unknown as string[] };
    expect(await secretsOf({ includeSecrets: ['.env'] })).toEqual(['.env']);
    expect(await secretsOf(unsaid)).toEqual(['.env']);
    expect(await secretsOf({ includeSecrets: [] })).toEqual([]);
    expect(await secretsOf({ includeSecrets: ['.env'] })).toEqual(['.env']);
    expect(await secretsOf({ ...unsaid, folder: '/other' })).toEqual([]);
  });

  it('gets a version of what changed, and none of what did not', async () => {
    const { make, files } = testMaker();
    const first = await make(FOLDER, { name: 'job' });
    expect([first.version.number, first.created]).toEqual([0, true]);
    const again = await make(FOLDER, { name: 'job' });
    expect(again).toMatchObject({ version: { id: first.version.id }, created: false });
    files['main.py'] = 'print(2)';
    const second = await make(FOLDER, { name: 'job' });
    expect([second.version.number, second.version.aliases]).toEqual([1, ['latest']]);
    expect(await make(FOLDER, { name: 'job', entryPoint: 'python main.py --fast' })).toMatchObject({
      job: { id: first.job.id, latestVersion: 2 },
      version: { number: 2 },
    });
    expect(await make(FOLDER, { name: 'job', build: { args: { A: '1' } } })).toMatchObject({
      version: { number: 3, build: { args: { A: '1' } } },
    });
  });

  it('gets a version of another Python that is asked for', async () => {
    const { make } = testMaker();
    const pythonOf = async (runtime?: string) => {
      const { version } = await make(FOLDER, { name: 'job', runtime });
      return [version.number, version.environment.python?.version];
    };
    expect(await pythonOf()).toEqual([0, undefined]);
    expect(await pythonOf('3.11')).toEqual([1, '3.11']);
    expect(await pythonOf('3.12')).toEqual([2, '3.12']);
    expect(await pythonOf('3.11')).toEqual([1, '3.11']);
  });

  it('keeps the schema of its inputs until another is attached, which makes a version', async () => {
    const { maker, make, files } = testMaker();
    const schemaOf = async (schema?: string | null) => {
      const { version } = await make(FOLDER, { name: 'job', schema });
      return [version.number, version.inputSchema];
    };
    const lr = { properties: { lr: { type: 'number' } } };
    expect(await schemaOf()).toEqual([0, null]);
    expect(await schemaOf(JSON.stringify(lr))).toEqual([1, lr]);
    expect(await schemaOf()).toEqual([1, lr]);
    expect(await schemaOf('properties: {lr: {type: number}}')).toEqual([1, lr]);
    files['main.py'] += '\n';
    const { job } = await make(FOLDER, { name: 'job' });
    expect(await schemaOf()).toEqual([2, lr]);
    files['main.py'] += '\n';
    expect((await maker.makeAgain(job, control)).version).toMatchObject({
      number: 3,
      inputSchema: lr,
    });
    expect(await schemaOf(null)).toEqual([4, null]);
  });

  it('is not made with a schema that cannot be used', async () => {
    const { make, repos } = testMaker();
    const made = make(FOLDER, { name: 'job', schema: '{"properties": {"lr": {"type": "float"}}}' });
    await expect(made).rejects.toMatchObject({ code: 'E_SCHEMA' });
    expect(repos.projects.byName('mine')).toBeNull();
  });

  it('is taken again as its newest version was taken', async () => {
    const { maker, make, files } = testMaker();
    const how = { name: 'job', build: { context: 'sub' }, runtime: '3.12' };
    const { job } = await make({ ...FOLDER, includeSecrets: ['.env'] }, how);
    expect((await maker.makeAgain(job, control)).created).toBe(false);
    files['main.py'] = 'print(2)';
    expect((await maker.makeAgain(job, control)).version).toMatchObject({
      number: 1,
      entryPoint: ['python', 'main.py'],
      source: { folder: '/code', includedSecrets: ['.env'] },
      build: { context: 'sub' },
      environment: { python: { version: '3.12' } },
    });
  });

  it('is named after its path and script', async () => {
    const { make } = testMaker();
    expect((await make({ ...FOLDER, uri: '.' })).job.name).toBe('job-main.py');
    expect((await make({ ...FOLDER, uri: './src/' })).job.name).toBe('job-src_main.py');
  });
});

describe('a job from git', () => {
  it('has a version per commit, and is named after remote and script', async () => {
    const { maker, make, world } = testMaker();
    const { job, version } = await make(REPO);
    expect(job.name).toBe('job-https___host_team_repo.git_main.py');
    expect(version.source).toMatchObject({ kind: 'git', commit: world.commit });
    expect((await maker.makeAgain(job, control)).created).toBe(false);
    world.commit = 'b'.repeat(40);
    expect((await maker.makeAgain(job, control)).version).toMatchObject({ number: 1 });
  });

  it('tells what of a clone stays out, and is built in the folder that was given', async () => {
    const { make } = testMaker();
    const clone = { kind: 'git' as const, address: '/clone/jobs', localClone: true };
    const made = await make(clone);
    expect(made.leftOut).toMatchObject([{ path: '.env', reason: 'secret' }]);
    expect(made.version.build.context).toBe('jobs');
    expect(made.job.folder).toBe('/clone/jobs');
  });

  it('is taken from its clone again after a tracked run was added to it', async () => {
    const { maker, make, world } = testMaker();
    const clone = { kind: 'git' as const, address: '/clone/jobs', localClone: true };
    const { job, version } = await make(clone, { name: 'job' });
    const source = { ...version.source, commit: 'c'.repeat(40) } as GitSource;
    const frozen = { source, leftOut: [], notes: [], context: null, aliases: [] };
    const request = { project: 'mine', name: 'job', entryPoint: 'python main.py' };
    const found = { types: { inputs: {}, outputs: {} }, requirements: null, without: null };
    const added = await maker.makeFrozen(frozen, request, found);
    expect(added.job).toMatchObject({ id: job.id, folder: '/clone/jobs', latestVersion: 1 });
    world.commit = 'd'.repeat(40);
    const again = await maker.makeAgain(added.job, control);
    expect(again.version.source).toMatchObject({ remote: '/clone', commit: world.commit });
  });

  it('stays apart from another repository whose name comes out the same', async () => {
    const { make } = testMaker();
    const first = await make(REPO);
    const second = await make({ ...REPO, address: 'https://host/team_repo.git' });
    expect(second.job.name).toBe(`${first.job.name}-2`);
    const again = await make({ ...REPO, address: 'https://host/team_repo.git' });
    expect([again.job.id, again.created]).toEqual([second.job.id, false]);
  });
});

describe('a job from an image', () => {
  it('pins the digest, has the tag as alias, and is named without it', async () => {
    const { make, world } = testMaker();
    const first = await make(IMAGE, { entryPoint: undefined });
    expect(first.job.name).toBe('job-host_5000_team_train');
    expect(first.version).toMatchObject({ aliases: ['latest', 'main'], entryPoint: [] });
    world.digest = `sha256:${'2'.repeat(64)}`;
    const moved = await make(IMAGE, { entryPoint: undefined });
    expect(moved.version).toMatchObject({ number: 1, source: { digest: world.digest } });
  });

  it('does not take a tag for an alias that reads as the number of a version', async () => {
    const { make } = testMaker();
    const { version, notes } = await make({ ...IMAGE, reference: 'train:v2' });
    expect(version.aliases).toEqual(['latest']);
    expect(notes.join()).toContain('"v2"');
  });

  it('is refused when nothing would start', async () => {
    const { make, world } = testMaker();
    world.command = [];
    await expect(make(IMAGE, { entryPoint: undefined })).rejects.toMatchObject({
      code: 'E_NO_ENTRYPOINT',
    });
    expect((await make(IMAGE, { entryPoint: 'python x.py' })).version.entryPoint).toHaveLength(2);
  });
});

describe('aliases and names that are given', () => {
  it('move with the version that was made last', async () => {
    const { repos, make, files } = testMaker();
    await make(FOLDER, { name: 'job', aliases: ['best'] });
    files['main.py'] = 'print(2)';
    const { job } = await make(FOLDER, { name: 'job', aliases: ['best'] });
    expect(repos.jobs.versions(job.id).map(({ aliases }) => aliases)).toEqual([
      ['best', 'latest'],
      [],
    ]);
  });

  it.each([
    ['a name', { name: 'a/b' }, 'E_NAME'],
    ['a project name', { project: '..' }, 'E_NAME'],
    ['an alias of Slipway itself', { aliases: ['v1'] }, 'E_NAME'],
    ['an alias', { aliases: ['a b'] }, 'E_NAME'],
    ['a Python version', { runtime: 'python3' }, 'E_ARGS'],
    ['an entry point that cannot be read', { entryPoint: 'python "' }, 'E_ENTRYPOINT_PARSE'],
    ['an entry point that is not there', { entryPoint: 'python no.py' }, 'E_ENTRYPOINT_MISSING'],
  ])('leave nothing behind when %s is refused', async (_what, change, code) => {
    const { repos, make } = testMaker();
    await expect(make(FOLDER, { name: 'job', ...change })).rejects.toMatchObject({ code });
    expect(repos.projects.list()).toEqual([]);
    expect(repos.jobs.list()).toEqual([]);
  });
});
