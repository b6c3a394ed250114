import type { EngineChoice } from '../../shared/domain/engine.ts';
import {
  DEFAULT_BUILD,
  NO_ENVIRONMENT,
  type EnvironmentPlan,
  type Job,
  type JobVersion,
  type Source,
} from '../../shared/domain/job.ts';
import type { Project } from '../../shared/domain/project.ts';
import type { Queue } from '../../shared/domain/queue.ts';
import type { Run, RunState } from '../../shared/domain/run.ts';
import type { SnapshotPreview, TreeEntry } from '../../shared/domain/snapshot.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const digestOf = (seed: string): string =>
  Array.from({ length: 64 }, (_, i) =>
    ((seed.charCodeAt(i % seed.length) * (i + 7)) % 16).toString(16),
  ).join('');

export const makeProject = (id: string, name: string, jobCount = 0, runCount = 0): Project => ({
  id,
  name,
  createdAt: Date.now() - 90 * DAY,
  jobCount,
  runCount,
});

export function makeJob(change: Partial<Job> & { id: string; name: string }): Job {
  return {
    projectId: 'p1',
    projectName: 'default',
    fullName: `ada/default/${change.name}`,
    description: '',
    sourceKind: 'code',
    folder: `/home/ada/code/${change.name}`,
    latestVersion: 0,
    runCount: 0,
    binnedAt: null,
    createdAt: Date.now() - DAY,
    ...change,
  };
}

export const environment: EnvironmentPlan = {
  dependencies: { kind: 'requirements', path: 'requirements.txt' },
  requirements: 'numpy==2.1.3\npandas==2.2.3\ntorch==2.5.1\nwandb==0.30.0\n',
  locked: false,
  python: { version: '3.11', evidence: 'runtime.txt:1' },
  notes: [],
};

/** What a version of a job of that kind is made from. */
function makeSource(job: Job, number: number): Source {
  const tree = digestOf(`${job.name}-tree-${number}`);
  const frozen = { tree, files: 42 + number, bytes: 1_340_000 + number * 1000 };
  if (job.sourceKind === 'git') {
    return {
      kind: 'git',
      ...frozen,
      remote: `https://git.example.com/vision/${job.name}.git`,
      ref: number === 0 ? null : 'main',
      commit: digestOf(`${job.name}-commit-${number}`).slice(0, 40),
      dirty: number % 2 === 1 ? { base: digestOf('base'), untracked: ['notes.txt'] } : null,
    };
  }
  if (job.sourceKind === 'image') {
    return {
      kind: 'image',
      reference: `registry.example.com:5000/tools/${job.name}:1.${number}`,
      digest: `sha256:${tree}`,
      local: false,
      platform: 'linux/amd64',
      command: ['/entry.sh', 'serve'],
    };
  }
  return { kind: 'code', ...frozen, folder: job.folder, includedSecrets: [] };
}

export function makeVersion(
  job: Job,
  number: number,
  change: Partial<JobVersion> = {},
): JobVersion {
  return {
    id: `${job.id}-v${number}`,
    jobId: job.id,
    number,
    digest: digestOf(`${job.name}${number}`),
    aliases: number === job.latestVersion ? ['latest'] : [],
    source: makeSource(job, number),
    entryPoint: job.sourceKind === 'image' ? [] : ['python', 'train.py', '--epochs', '20'],
    environment: job.sourceKind === 'image' ? NO_ENVIRONMENT : environment,
    build: DEFAULT_BUILD,
    types: null,
    inputSchema: null,
    createdAt: job.createdAt + number * 8 * MINUTE,
    ...change,
  };
}

const ENDS: Partial<Record<RunState, Run['reason']>> = {
  finished: { code: 'exit', text: 'exit code 0', next: null, detail: null },
  failed: {
    code: 'exit',
    text: 'exit code 1',
    next: 'The last lines of the log say what went wrong.',
    detail: null,
  },
  stopped: { code: 'stopped', text: 'stopped by you', next: null, detail: null },
  crashed: {
    code: 'out-of-memory',
    text: 'killed: out of memory at 4 GiB',
    next: 'Use smaller batches, or give the run more memory.',
    detail: null,
  },
};

export function makeRun(change: Partial<Run> & { id: string; name: string }, job?: Job): Run {
  const run = plainRun(change, job);
  const { startedAt, endedAt } = run;
  const durationMs = startedAt === null || endedAt === null ? null : endedAt - startedAt;
  return { ...run, durationMs, ...change };
}

function plainRun(change: Partial<Run> & { id: string; name: string }, job?: Job): Run {
  const state = change.state ?? 'finished';
  const createdAt = change.createdAt ?? Date.now() - HOUR;
  const active = ENDS[state] === undefined;
  const started = !['queued', 'preparing', 'building', 'starting'].includes(state);
  return {
    projectId: job?.projectId ?? 'p1',
    projectName: job?.projectName ?? 'default',
    jobId: job?.id ?? 'j1',
    jobName: job?.name ?? 'hello',
    versionId: `${job?.id ?? 'j1'}-v${job?.latestVersion ?? 0}`,
    versionNumber: job?.latestVersion ?? 0,
    state,
    reason: ENDS[state] ?? null,
    exitCode: state === 'finished' ? 0 : state === 'failed' ? 1 : null,
    engine: 'docker',
    entryPoint: ['python', 'train.py', '--epochs', '20'],
    environment: started
      ? { name: 'slipway/env:3f9a1c20b7de', reused: false, because: 'requirements.txt changed' }
      : null,
    rewrite: false,
    config: null,
    summary: null,
    usage: active || !started ? null : { peakMemoryBytes: 1_288_490_189, cpuSeconds: 35.2 },
    tracked: null,
    sweep: null,
    retryOf: null,
    tryNumber: 1,
    queue: null,
    priority: 'medium',
    notBefore: null,
    log: { state: active ? 'live' : 'sealed', reason: null },
    engineReachable: true,
    paused: false,
    creator: 'ada',
    starred: false,
    tags: [],
    notes: '',
    binnedAt: null,
    createdAt,
    startedAt: started ? createdAt + 4_200 : null,
    endedAt: active
      ? null
      : createdAt +
        4_200 +
        ((change.id.charCodeAt(change.id.length - 1) ** 3 * 37_123) % (3 * HOUR)),
    durationMs: null,
    stopRequestedAt: null,
    ...change,
  };
}

export const makeQueue = (change: Partial<Queue> & Pick<Queue, 'id' | 'name'>): Queue => ({
  ...{ engine: null, concurrency: 1, resourceArgs: {}, variables: {}, pausedAt: null },
  ...{ waiting: 0, running: 0, createdAt: Date.now() - 86_400_000 },
  ...change,
});

export const dockerEngine: EngineChoice = {
  kind: 'docker',
  because: 'Docker answers',
  engines: [
    {
      kind: 'docker',
      available: true,
      text: 'Docker Engine 20.10.24 (API 1.41)',
      fix: null,
      since: null,
    },
    { kind: 'process', available: true, text: 'Python 3.11.2', fix: null, since: null },
  ],
};

export const noDocker: EngineChoice = {
  kind: 'process',
  because: 'no Docker engine answers at /var/run/docker.sock',
  engines: [
    {
      kind: 'docker',
      available: false,
      text: 'Nothing answers at /var/run/docker.sock',
      fix: 'Start it: sudo systemctl start docker',
      since: Date.now() - 5 * MINUTE,
    },
    { kind: 'process', available: true, text: 'Python 3.11.2', fix: null, since: null },
  ],
};

const entry = (path: string, size: number, kind: TreeEntry['kind'] = 'file'): TreeEntry => ({
  path,
  kind,
  size,
  executable: path.endsWith('.sh'),
  content: kind === 'directory' ? null : kind === 'link' ? '../shared/data' : digestOf(path),
});

export const versionEntries: TreeEntry[] = [
  entry('README.md', 1_204),
  entry('configs', 0, 'directory'),
  entry('configs/base.yaml', 812),
  entry('configs/experiment-large-batch-cosine-schedule.yaml', 1_022),
  entry('data', 0, 'link'),
  entry('models', 0, 'directory'),
  entry('models/__init__.py', 0),
  entry('models/transformer.py', 14_320),
  entry('requirements.txt', 96),
  entry('run.sh', 210),
  entry('train.py', 6_432),
  entry('weights/pretrained.bin', 1_201_000),
];

export function makePreview(
  folder: string,
  change: Partial<SnapshotPreview> = {},
): SnapshotPreview {
  return {
    folder,
    files: 42,
    bytes: 1_340_000,
    largest: versionEntries
      .filter(({ kind }) => kind === 'file')
      .toSorted((a, b) => b.size - a.size),
    topLevel: [
      entry('configs', 0, 'directory'),
      entry('models', 0, 'directory'),
      entry('weights', 0, 'directory'),
      entry('data', 0, 'link'),
      entry('evaluate.py', 3_120),
      entry('README.md', 1_204),
      entry('requirements.txt', 96),
      entry('run.sh', 210),
      entry('train.py', 6_432),
    ],
    leftOut: [
      { path: '.env', kind: 'file', reason: 'secret', rule: 'name of an environment file' },
      { path: 'keys/id_ed25519', kind: 'file', reason: 'secret', rule: 'looks like a private key' },
      { path: '.git', kind: 'directory', reason: 'always', rule: 'version control' },
      { path: '.venv', kind: 'directory', reason: 'always', rule: 'virtual environment' },
      { path: 'wandb', kind: 'directory', reason: 'always', rule: 'wandb run data' },
      { path: '__pycache__', kind: 'directory', reason: 'always', rule: 'cache' },
      { path: 'checkpoints', kind: 'directory', reason: 'rule', rule: '.gitignore:4 checkpoints/' },
      { path: 'notes.ipynb', kind: 'file', reason: 'rule', rule: '.gitignore:9 *.ipynb' },
    ],
    leftOutCount: 8,
    notes: [
      'data is a link to ../shared/data, outside the folder: the link is kept, not what it points to.',
    ],
    entryPoints: [
      {
        words: ['python', 'train.py'],
        evidence: 'train.py has a main guard and reads arguments',
        confidence: 0.9,
      },
      { words: ['bash', 'run.sh'], evidence: 'run.sh is executable', confidence: 0.5 },
    ],
    dependencies: 'requirements.txt',
    suggestedName: `job-${folder.split('/').at(-1)}`,
    ...change,
  };
}
