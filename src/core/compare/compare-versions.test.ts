import { describe, expect, it } from 'vitest';
import { DEFAULT_BUILD, type Job, type JobVersion, type Source } from '../../shared/domain/job.ts';
import { comparisonSchema, type TreeComparison } from '../../shared/domain/comparison.ts';
import type { JsonValues } from '../../shared/domain/json.ts';
import { compareVersionFile, compareVersions } from './compare-versions.ts';

const signal = new AbortController().signal;
const JOB: Job = {
  id: 'job',
  projectId: 'project',
  projectName: 'lab',
  name: 'train',
  fullName: 'me/lab/train',
  description: '',
  sourceKind: 'git',
  folder: null,
  latestVersion: 1,
  binnedAt: null,
  runCount: 0,
  createdAt: 0,
};
const GIT: Source = {
  kind: 'git',
  tree: 'a'.repeat(64),
  files: 1,
  bytes: 1,
  remote: 'https://git.example/a.git',
  ref: 'main',
  commit: '1'.repeat(40),
  dirty: null,
};
const IMAGE: Source = {
  kind: 'image',
  reference: 'python:3.11',
  digest: `sha256:${'a'.repeat(64)}`,
  local: false,
  platform: 'linux/amd64',
  command: ['python3'],
};

const version = (number: number, more: Partial<JobVersion> = {}) => ({
  job: JOB,
  version: {
    id: `version${number}`,
    jobId: 'job',
    number,
    digest: `${number}`.repeat(64),
    aliases: [],
    source: GIT,
    entryPoint: ['python', 'main.py'],
    environment: {
      dependencies: { kind: 'requirements', path: 'requirements.txt' },
      requirements: 'numpy==2.0\n# a comment\ntorch\n',
      locked: false,
      python: { version: '3.11', evidence: '.python-version:1' },
      notes: [],
    },
    build: DEFAULT_BUILD,
    types: null,
    inputSchema: null,
    createdAt: 0,
    ...more,
  } satisfies JobVersion,
});

const FILES: TreeComparison = {
  changes: [],
  counts: { added: 0, removed: 0, changed: 3, renamed: 0 },
};
const snapshots = {
  compareTrees: async () => FILES,
  compareFile: async (pair: object) => ({
    kind: 'text' as const,
    patch: JSON.stringify(pair),
    added: 0,
    removed: 0,
  }),
};
const compare = (before: Partial<JobVersion>, after: Partial<JobVersion>) =>
  compareVersions(snapshots, version(0, before), version(1, after), signal);
const plan = version(0).version.environment;

describe('two versions', () => {
  it('that are alike differ in nothing but their files', async () => {
    const comparison = await compare({}, { digest: '0'.repeat(64) });
    expect(comparisonSchema.parse(comparison)).toEqual(comparison);
    expect(comparison).toMatchObject({
      before: { label: 'lab/train:v0' },
      same: true,
      source: [],
      entryPoint: null,
      build: [],
      environment: { fields: [], requirements: { added: [], removed: [] } },
      inputs: [],
      outputs: [],
      files: FILES,
    });
  });

  it('differ in commit, entry point and build', async () => {
    const source = { ...GIT, commit: '2'.repeat(40), tree: 'b'.repeat(64) };
    const build = { ...DEFAULT_BUILD, dockerfile: 'Dockerfile', args: { A: '1' } };
    const comparison = await compare({}, { source, entryPoint: ['python', 'b c.py'], build });
    expect(comparison.source).toEqual([
      { name: 'commit', before: '1'.repeat(40), after: '2'.repeat(40) },
      { name: 'snapshot', before: 'a'.repeat(64), after: 'b'.repeat(64) },
    ]);
    expect(comparison.entryPoint).toMatchObject({ after: "python 'b c.py'" });
    expect(comparison.build).toEqual([
      { name: 'dockerfile', before: null, after: 'Dockerfile' },
      { name: 'argument A', before: null, after: '1' },
    ]);
  });

  it('differ in requirements, whatever their order and comments', async () => {
    const environment = { ...plan, requirements: 'torch\r\nnumpy==2.1\n#\n', python: null };
    const { environment: found } = await compare({}, { environment });
    expect(found).toEqual({
      fields: [{ name: 'python', before: '3.11', after: null }],
      requirements: { added: ['numpy==2.1'], removed: ['numpy==2.0'] },
    });
  });

  it('differ in inputs and outputs', async () => {
    const dict = (type_map: object) => ({ wb_type: 'typedDict', params: { type_map } });
    const number = { wb_type: 'number' };
    const comparison = await compare(
      { types: { inputs: dict({ lr: number, gone: number }), outputs: dict({}) } },
      { types: { inputs: dict({ lr: { wb_type: 'string' } }), outputs: dict({ loss: number }) } },
    );
    expect(comparison.inputs).toEqual([
      { name: 'lr', before: 'number', after: 'string' },
      { name: 'gone', before: 'number', after: null },
    ]);
    expect(comparison.outputs).toEqual([{ name: 'loss', before: null, after: 'number' }]);
  });

  it('differ in what an attached schema says', async () => {
    const schema = (lr: JsonValues): Partial<JobVersion> => ({
      inputSchema: { properties: { lr } },
    });
    const comparison = await compare(
      schema({ type: 'number', maximum: 1 }),
      schema({ type: 'number', maximum: 2, default: 0.5 }),
    );
    expect(comparison.inputs).toEqual([
      {
        name: 'schema of lr',
        before: 'number, maximum 1',
        after: 'number, default 0.5, maximum 2',
      },
    ]);
    const broken = { inputSchema: { properties: { lr: 3 } } };
    expect((await compare({}, broken)).inputs).toMatchObject([{ name: 'schema', before: null }]);
  });

  it('have no files to compare when one is an image', async () => {
    const comparison = await compare({}, { source: IMAGE, entryPoint: [] });
    expect(comparison.files).toBeNull();
    expect(comparison.source).toContainEqual({ name: 'image', before: null, after: 'python:3.11' });
    expect(comparison.entryPoint).toMatchObject({ before: 'python main.py', after: null });
    const image = version(1, { source: IMAGE }).version;
    const file = compareVersionFile(snapshots, version(0).version, image, { path: 'a' }, signal);
    await expect(file).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  });

  it('are asked for one file by their trees', async () => {
    const [a, b] = [version(0).version, version(1).version];
    const found = await compareVersionFile(snapshots, a, b, { path: 'b', from: 'a' }, signal);
    const pair = { before: GIT.tree, after: GIT.tree, path: 'b', from: 'a' };
    expect(found).toMatchObject({ patch: JSON.stringify(pair) });
  });
});
