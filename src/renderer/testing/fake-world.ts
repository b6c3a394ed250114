import type { EngineChoice } from '../../shared/domain/engine.ts';
import type { Job, JobVersion } from '../../shared/domain/job.ts';
import type { Queue } from '../../shared/domain/queue.ts';
import type { Project } from '../../shared/domain/project.ts';
import type { BuildStep, Run, RunEvent, RunState } from '../../shared/domain/run.ts';
import type { SecretList } from '../../shared/domain/secret.ts';
import type { Sweep } from '../../shared/domain/sweep.ts';
import type { WatchedFolder } from '../../shared/domain/tracked.ts';
import { trackedConfig, trackedSummary } from './fake-tracked.ts';
import {
  dockerEngine,
  makeJob,
  makeProject,
  makeQueue,
  makeRun,
  makeVersion,
  noDocker,
} from './fake-data.ts';

/** What the fake main process holds. */
export interface World {
  projects: Project[];
  jobs: Job[];
  versions: JobVersion[];
  runs: Run[];
  sweeps: Sweep[];
  queues: Queue[];
  engine: EngineChoice;
  watched: WatchedFolder[];
  secrets: SecretList;
}

const MINUTE = 60_000;

const NAMES: [string, string, number, number][] = [
  ['train-transformer', 'Baseline on the cleaned corpus, 20 epochs', 11, 143],
  ['hello', '', 2, 9],
  ['evaluate-checkpoints', 'Every checkpoint of the week against the frozen test set', 4, 38],
  ['job-code-protein-folding-ablation-without-templates-and-with-a-very-long-name', '', 0, 1],
  ['nightly-etl', 'Reads the sensor exports and writes parquet', 26, 412],
  ['render-figures', 'Figures 2 to 6 of the paper', 7, 21],
  ['sweep-learning-rate', '', 1, 64],
  ['tokenise', 'SentencePiece, 32k', 3, 12],
  ['convert-weights', '', 0, 0],
  ['benchmark-dataloader', 'How many workers are enough?', 5, 17],
  ['simulate-queue', '', 0, 4],
  ['export-onnx', '', 2, 6],
];

const SOURCES: Readonly<Record<string, Job['sourceKind']>> = {
  'evaluate-checkpoints': 'git',
  'render-figures': 'image',
};

const STATES: RunState[] = [
  'finished',
  'finished',
  'failed',
  'finished',
  'stopped',
  'finished',
  'crashed',
];
const ADJECTIVES = ['quiet', 'amber', 'brisk', 'polar', 'stone', 'lucid', 'early'];
const NOUNS = ['heron', 'ridge', 'ember', 'fjord', 'maple', 'comet', 'delta', 'otter'];

const runName = (n: number): string =>
  `${ADJECTIVES[n % ADJECTIVES.length]}-${NOUNS[(n * 3) % NOUNS.length]}-${n}`;

function activeRuns(jobs: readonly Job[], now: number): Run[] {
  const at = (minutes: number): number => now - minutes * MINUTE;
  return [
    makeRun(
      { id: 'run-live', name: 'amber-comet-204', state: 'running', createdAt: at(12) },
      jobs[0],
    ),
    makeRun(
      { id: 'run-build', name: 'quiet-fjord-205', state: 'building', createdAt: at(1) },
      jobs[2],
    ),
    makeRun(
      { id: 'run-stopping', name: 'early-otter-206', state: 'stopping', createdAt: at(44) },
      jobs[4],
    ),
    makeRun(
      { id: 'run-queued', name: 'polar-ridge-207', state: 'queued', createdAt: at(0.2) },
      jobs[6],
    ),
  ];
}

function endedRuns(jobs: readonly Job[], count: number, now: number): Run[] {
  return Array.from({ length: count }, (_, n) => {
    const job = jobs[(n * 5) % jobs.length];
    const state = STATES[n % STATES.length] ?? 'finished';
    const id = `run-${String(count - n).padStart(6, '0')}`;
    const createdAt = now - (n + 1) * 53 * MINUTE;
    const engine = n % 9 === 4 ? 'process' : 'docker';
    return makeRun({ id, name: runName(count - n), state, createdAt, engine }, job);
  });
}

/** A run that another tool tracked, with what it logged. */
const importedRun = (job: Job | undefined, now: number): Run =>
  makeRun(
    {
      id: 'run-imported',
      name: 'dulcet-sweep-31',
      engine: null,
      environment: null,
      createdAt: now - 51 * MINUTE,
      tracked: {
        folder: '/home/ada/experiments/wandb/run-20260611_101112-k3v9x1aa',
        runId: 'k3v9x1aa',
      },
      config: trackedConfig,
      summary: trackedSummary,
    },
    job,
  );

/** A workstation in use: a dozen jobs and `runs` runs. */
export function busyWorld(runs = 60): World {
  const now = Date.now();
  const jobs = NAMES.map(([name, description, latestVersion, runCount], n) =>
    makeJob({
      id: `j${n + 1}`,
      name,
      description,
      latestVersion,
      runCount,
      sourceKind: SOURCES[name] ?? 'code',
      folder: SOURCES[name] ? null : `/home/ada/code/${name}`,
      createdAt: now - (n * n * 7 + 2) * 3_600_000,
    }),
  );
  return {
    projects: [
      makeProject('p1', 'default', jobs.length, runs + 4),
      makeProject('p2', 'launch-quickstart', 0, 0),
    ],
    jobs,
    versions: jobs.flatMap((job) =>
      Array.from({ length: job.latestVersion + 1 }, (_, number) => makeVersion(job, number)),
    ),
    runs: [
      ...activeRuns(jobs, now),
      importedRun(jobs[6], now),
      ...endedRuns(
        jobs.filter((job) => job.runCount > 0),
        runs,
        now,
      ),
    ],
    sweeps: [],
    queues: [makeQueue({ id: 'default', name: 'default' })],
    engine: dockerEngine,
    watched: [
      { folder: '/home/ada/experiments/wandb', projectId: 'p1', enabled: true, createdAt: now },
    ],
    secrets: {
      problem: null,
      names: ['git:git.example.com', 'registry:registry.example.com:5000'],
    },
  };
}

/** Slipway as it is at its first start. */
export const emptyWorld = (): World => ({
  projects: [makeProject('p1', 'default')],
  jobs: [],
  versions: [],
  runs: [],
  sweeps: [],
  queues: [makeQueue({ id: 'default', name: 'default' })],
  engine: noDocker,
  watched: [],
  secrets: { problem: null, names: [] },
});

export function eventsOf(run: Run): RunEvent[] {
  const texts: [number, RunState | null, string][] = [
    [0, 'queued', 'Queued'],
    [200, 'preparing', 'Preparing the code: 42 files, 1.3 MB'],
    [900, 'building', 'Building the environment, because requirements.txt changed'],
    [4_000, 'starting', 'Starting python train.py --epochs 20'],
    [4_200, 'running', 'Running'],
  ];
  if (run.endedAt !== null) {
    const end = `${run.state.charAt(0).toUpperCase()}${run.state.slice(1)}: ${run.reason?.text ?? ''}`;
    texts.push([run.endedAt - run.createdAt, run.state, end]);
    texts.push([run.endedAt - run.createdAt + 90, null, 'Log sealed, container removed']);
  }
  return texts.map(([after, state, text], seq) => ({
    seq,
    runId: run.id,
    at: run.createdAt + after,
    state,
    text,
  }));
}

export function stepsOf(run: Run): BuildStep[] {
  if (run.engine === null) return [];
  const at = run.createdAt + 900;
  const failed = run.reason?.code === 'build-failed';
  const building = run.state === 'building';
  const step = (
    index: number,
    name: string,
    state: BuildStep['state'],
    from: number,
    to: number | null,
  ): BuildStep => ({
    runId: run.id,
    index,
    name,
    state,
    startedAt: at + from,
    endedAt: to === null ? null : at + to,
  });
  return [
    step(0, 'FROM python:3.11-slim', 'cached', 0, 10),
    step(1, 'RUN useradd --create-home --uid 1000 slipway', 'cached', 10, 20),
    step(2, 'COPY requirements.txt .', 'done', 20, 140),
    step(
      3,
      'RUN --mount=type=cache,target=/root/.cache/pip pip install --requirement requirements.txt',
      failed ? 'failed' : building ? 'running' : 'done',
      140,
      building ? null : 2_800,
    ),
    ...(failed || building ? [] : [step(4, 'COPY --chown=slipway . /work', 'done', 2_800, 3_050)]),
  ];
}
