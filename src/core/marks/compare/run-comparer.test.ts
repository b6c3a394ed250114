import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../shared/domain/comparison.ts';
import { DEFAULT_BUILD, NO_ENVIRONMENT, type Source } from '../../../shared/domain/job.ts';
import { EMPTY_SPEC, type LaunchSpec } from '../../../shared/domain/launch-spec.ts';
import { runChangesSchema, runComparisonSchema } from '../../../shared/domain/run-comparison.ts';
import type { TerminalState } from '../../../shared/domain/run.ts';
import type { NewVersion } from '../../db/jobs-repo.ts';
import { testDatabase } from '../../db/testing.ts';
import { writeFiles } from '../../tracked/testing/run-folder.ts';
import { endRun } from '../testing/runs.ts';
import { RunComparer } from './run-comparer.ts';

const signal = new AbortController().signal;
const code = (tree: string): Source => ({
  ...{ kind: 'code', tree, folder: '/code', files: 1, bytes: 1, includedSecrets: [] },
});
const side = { kind: 'file' as const, size: 1, executable: false, target: null };
const change = (path: string, more: Partial<FileChange> = {}): FileChange => ({
  ...{ change: 'changed', path, from: null, before: side, after: side, contentDiffers: true },
  ...more,
});
const FILES = [
  change('README.md'),
  change('conf.yaml'),
  change('lib/net.py', { change: 'added', before: null }),
  change('run.sh', { contentDiffers: false, after: { ...side, executable: true } }),
  change('train.py'),
];

interface Given {
  version?: Partial<NewVersion>;
  spec?: Partial<LaunchSpec>;
  config?: Record<string, unknown>;
  summary?: Record<string, unknown>;
  state?: TerminalState;
  job?: string;
}

function made() {
  const { db, repos } = testDatabase();
  const asked: string[] = [];
  const snapshots = {
    compareTrees: async (pair: { before: string; after: string }) => {
      asked.push(`${pair.before} ${pair.after}`);
      return { changes: FILES, counts: { added: 1, removed: 0, changed: 4, renamed: 0 } };
    },
    compareFile: async () => ({ kind: 'text' as const, patch: '', added: 12, removed: 3 }),
  };
  const comparer = new RunComparer({ repos, snapshots });
  const projectId = repos.projects.ensure('p', 1).id;
  let now = 10;
  /** A run of a version that is like the others but for what is given; returns its id. */
  const add = ({
    version = {},
    spec = {},
    job = 'train',
    state = 'finished',
    ...results
  }: Given) => {
    const content: NewVersion = {
      ...{ digest: '', source: code('t1'), entryPoint: ['python', 'train.py'] },
      ...{ environment: NO_ENVIRONMENT, build: DEFAULT_BUILD, types: null, inputSchema: null },
      ...version,
    };
    const digest = JSON.stringify(content);
    const of = { projectId, name: job, folder: '/code' };
    const added = repos.jobs.addVersion(of, { ...content, digest }, now);
    const entryPoint = content.entryPoint;
    const delivery = { argv: entryPoint, env: {}, secrets: [], files: [], config: {} };
    const { id } = repos.runs.create(
      {
        ...{ projectId, jobId: added.job.id, versionId: added.version.id, name: null },
        ...{ engine: 'process', entryPoint, rewrite: false, executor: 'me' },
        inputs: { entryPoint, spec: { ...EMPTY_SPEC, ...spec }, delivery, digest: 'd' },
      },
      now++,
    );
    endRun(repos, id, state);
    const { config = null, summary = null } = results;
    repos.results.set(id, { config, summary, tracked: null });
    return id;
  };
  return { db, repos, comparer, add, asked };
}

const requirements = (lines: string) => ({ ...NO_ENVIRONMENT, requirements: lines });

describe('what changed since the last good run', () => {
  const texts = async (good: Given, bad: Given): Promise<string[]> => {
    const { comparer, add } = made();
    add(good);
    const changes = await comparer.changes(add({ state: 'failed', ...bad }), signal);
    expect(runChangesSchema.parse(changes)).toEqual(changes);
    return changes.changes.map(({ text, before, after }) =>
      before === null && after === null ? text : `${text}: ${before} -> ${after}`,
    );
  };

  it('is nothing for the same once more', async () => {
    expect(await texts({}, {})).toEqual([]);
  });

  it('names the script first, then other code, its configuration and the rest', async () => {
    expect(await texts({}, { version: { source: code('t2') } })).toEqual([
      'train.py changed (+12 -3)',
      'lib/net.py is new (+12 -3)',
      'run.sh is now executable',
      'conf.yaml changed (+12 -3)',
      'README.md changed (+12 -3)',
    ]);
  });

  const settings = { ...EMPTY_SPEC.settings, memoryBytes: 2 ** 30 };
  it.each<[string, Given, Given, string[]]>([
    [
      'packages',
      { version: { environment: requirements('numpy==1.26\nsix==1\n') } },
      { version: { environment: requirements('numpy==2.0\nrich==13\n') } },
      ['numpy: 1.26 -> 2.0', 'rich: null -> 13', 'six: 1 -> null'],
    ],
    ['inputs', { spec: { values: { lr: 1 } } }, { spec: { values: { lr: 2 } } }, ['lr: 1 -> 2']],
    [
      'inputs that are given, once, although the config has them as well',
      { spec: { values: { lr: 1 } }, config: { lr: 1, width: 8 } },
      { spec: { values: { lr: 2 } }, config: { lr: 2, width: 9 } },
      ['lr: 1 -> 2', 'width: 8 -> 9'],
    ],
    [
      'what the code chose itself',
      { config: { a: { b: null } } },
      { config: { a: { b: 1 } } },
      ['a.b: null -> 1'],
    ],
    ['settings', {}, { spec: { settings } }, ['Memory: null -> 1 GiB']],
    [
      'how it starts',
      {},
      { version: { entryPoint: ['python', 'other.py'] } },
      ['Entry point: python train.py -> python other.py'],
    ],
    [
      'secrets, by their names',
      { spec: { secrets: [{ variable: 'KEY', secret: 'a' }] } },
      { spec: { secrets: [{ variable: 'KEY', secret: 'b' }] } },
      ['$KEY: secret a -> secret b'],
    ],
  ])('tells of %s', async (_what, good, bad, expected) => {
    expect(await texts(good, bad)).toEqual(expected);
  });

  it('lists so many of each kind, and counts the others', async () => {
    const config = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i]));
    const found = await texts({}, { config });
    expect(found).toHaveLength(51);
    expect(found.at(-1)).toBe('150 more values of the config');
  });

  it('is since the newest finished one of the same job before it that is not in the bin', async () => {
    const { db, comparer, add } = made();
    const first = add({});
    const binned = add({});
    add({ state: 'crashed' });
    add({ job: 'other' });
    const run = add({ state: 'failed' });
    add({});
    db.write(() => db.run('UPDATE run SET binned_at = 1 WHERE id = ?', binned));
    expect((await comparer.changes(run, signal)).good?.id).toBe(first);
    expect(await comparer.changes(first, signal)).toEqual({ good: null, changes: [] });
  });
});

describe('runs side by side', () => {
  it('of several jobs have all that is known of each', async () => {
    const { comparer, add, asked } = made();
    const image: Source = {
      ...{ kind: 'image', reference: 'python:3.11', digest: `sha256:${'a'.repeat(64)}` },
      ...{ local: false, platform: 'linux/amd64', command: ['python3'] },
    };
    const ids = [
      add({ spec: { values: { lr: 1 } }, config: { lr: 1, a: { b: null } }, summary: { acc: 1 } }),
      add({ version: { source: code('t2') }, config: { lr: 1, _wandb: 1 }, summary: { acc: 2 } }),
      add({ job: 'picture', version: { source: image, entryPoint: [] } }),
    ];
    const compared = await comparer.compare(ids, signal);
    expect(runComparisonSchema.parse(compared)).toEqual(compared);
    expect(compared.runs.map(({ id }) => id)).toEqual(ids);
    const row = (section: string, name: string) => {
      const found = compared.rows.find((each) => each.section === section && each.name === name);
      return found && [...found.values, found.differs];
    };
    expect(row('code', 'Job')).toEqual(['p/train', 'p/train', 'p/picture', true]);
    expect(row('code', 'Files that differ from the first')).toEqual([0, 5, null, true]);
    expect(row('code', 'Image')).toEqual([null, null, 'python:3.11', true]);
    expect(row('inputs', 'lr')).toEqual([1, null, null, true]);
    expect(row('config', 'a.b')).toEqual([null, null, null, true]);
    expect(row('config', '_wandb')).toBeUndefined();
    expect(row('results', 'acc')).toEqual([1, 2, null, true]);
    expect(row('environment', 'Engine')).toEqual(['Process', 'Process', 'Process', false]);
    expect(asked).toEqual(['t1 t2']);
  });

  it('compare what was seen installed where that is known of all', async () => {
    const { folder, repos, comparer, add } = { ...made(), folder: testDatabase().folder };
    const ids = ['1', '2'].map((version) => {
      const id = add({ version: { environment: requirements('torch\n') } });
      return [id, version] as const;
    });
    for (const [id, version] of ids) {
      const at = writeFiles(join(folder, id), { 'files/requirements.txt': `torch==${version}\n` });
      repos.results.set(id, { config: null, summary: null, tracked: { folder: at, runId: id } });
    }
    const torch = async () =>
      (
        await comparer.compare(
          ids.map(([id]) => id),
          signal,
        )
      ).rows.find(({ name }) => name === 'torch');
    expect(await torch()).toMatchObject({ values: ['1', '2'], differs: true });
    writeFileSync(join(folder, ids[1]![0], 'files', 'requirements.txt'), 'x'.repeat(2 << 20));
    expect(await torch()).toMatchObject({ values: ['any', 'any'], differs: false });
  });
});
