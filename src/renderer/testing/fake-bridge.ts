import type { Bridge } from '../../shared/contract/bridge.ts';
import type { CommandName } from '../../shared/contract/commands.ts';
import type { Changes, EventName, EventPayload } from '../../shared/contract/events.ts';
import type { ErrorData } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { makePreview, makeRun, versionEntries } from './fake-data.ts';
import type { Handlers } from './handlers.ts';
import { inputHandlers } from './fake-inputs.ts';
import { presetHandlers } from './fake-presets.ts';
import { sourceHandlers } from './fake-sources.ts';
import { markHandlers } from './fake-marks.ts';
import { runListHandlers } from './fake-run-list.ts';
import { queueHandlers } from './fake-queues.ts';
import { roomHandlers } from './fake-room.ts';
import { shellHandlers } from './fake-shell.ts';
import { sweepHandlers } from './fake-sweeps.ts';
import { buildLog, serveLog, trainingLine, type FakeLog } from './fake-log.ts';
import { eventsOf, stepsOf, type World } from './fake-world.ts';

export interface FakeBridge extends Bridge {
  world: World;
  /** Every request so far, in order. */
  calls: { name: CommandName; input: unknown }[];
  /** Replaces the answer to a request. */
  answer<N extends CommandName>(name: N, handler: Handlers[N]): void;
  push<N extends EventName>(name: N, payload: EventPayload<N>): void;
  pushChanges(changes: Partial<Changes>): void;
  logs: Map<string, FakeLog>;
}

const notThere = (what: string): Result<never> =>
  err({
    code: 'E_NOT_FOUND',
    message: `There is no such ${what}.`,
    next: 'It may have been removed.',
  });

const noChanges: Changes = {
  projects: [],
  jobs: [],
  versions: [],
  runs: [],
  runEvents: [],
  steps: [],
  sweeps: [],
  queues: [],
  removed: { runs: [], jobs: [], sweeps: [], queues: [] },
};

const isResult = (value: unknown): value is Result<unknown> =>
  typeof value === 'object' && value !== null && 'ok' in value;

const settings = {
  engine: 'auto' as const,
  baseImage: 'python:3.11-slim',
  packageIndex: '',
  dockerNetwork: '',
  stopGraceSeconds: 10,
  mountFolders: [],
  notify: 'all' as const,
  closeToTray: false,
  quitWithRuns: 'ask' as const,
  roomBudgetBytes: 0,
};

function handlersFor(world: World, changed: (changes: Partial<Changes>) => void): Handlers {
  const jobOf = (id: string) => world.jobs.find((job) => job.id === id);
  const runOf = (id: string) => world.runs.find((run) => run.id === id);
  return {
    appInfo: () => ({
      version: '0.1.0',
      dataDir: '/home/ada/.local/share/slipway',
      platform: 'linux',
    }),
    doctor: () => ({
      choice: world.engine,
      checks: [
        { id: 'git', title: 'git', status: 'ok', text: 'git 2.39.5', fix: null, mend: null },
        {
          id: 'python',
          title: 'Python',
          status: 'ok',
          text: 'Python 3.11.2 with venv and pip',
          fix: null,
          mend: null,
        },
        {
          id: 'disk',
          title: 'Disk space',
          status: 'warning',
          text: '3.1 GB are free where images are kept; a build may need more',
          fix: 'docker image prune',
          mend: null,
        },
        {
          id: 'base-image',
          title: 'Base image',
          status: 'missing',
          text: 'python:3.11-slim is not on this computer and cannot be fetched now',
          fix: 'docker pull python:3.11-slim',
          mend: null,
        },
      ],
    }),
    mend: () => ({ text: 'Done.' }),
    listTroubles: () => [],
    engineChoice: () => world.engine,
    getSettings: () => settings,
    saveSettings: (input) => input,
    listProjects: () => world.projects,
    createProject: () => notThere('project'),
    listJobs: () => world.jobs,
    getJob: ({ jobId }) => {
      const job = jobOf(jobId);
      if (!job) return notThere('job');
      return { job, versions: world.versions.filter((version) => version.jobId === jobId) };
    },
    describeJob: ({ jobId, description }) => {
      const job = jobOf(jobId);
      if (!job) return notThere('job');
      Object.assign(job, { description });
      changed({ jobs: [{ ...job }] });
      return { ...job };
    },
    versionFiles: () => ({ entries: versionEntries, more: false }),
    versionFileText: ({ path }) =>
      path.endsWith('.bin')
        ? { text: '', binary: true, truncated: false }
        : {
            text: 'import argparse\n\nfrom models.transformer import Transformer\n\n\ndef main() -> None:\n    parser = argparse.ArgumentParser()\n    parser.add_argument("--epochs", type=int, default=20)\n    parser.add_argument("--lr", type=float, default=3e-4, help="peak learning rate of the schedule")\n    args = parser.parse_args()\n    Transformer().fit(args.epochs, args.lr)\n\n\nif __name__ == "__main__":\n    main()\n',
            binary: false,
            truncated: false,
          },
    chooseFolder: () => ({ folder: '/home/ada/code/hello' }),
    writeVersionBack: () => ({ folder: '/home/ada/restored', files: 42 }),
    previewFolder: ({ folder, includeSecrets }) => {
      const preview = makePreview(folder);
      const leftOut = preview.leftOut.filter(({ path }) => !includeSecrets.includes(path));
      return { ...preview, leftOut, files: preview.files + includeSecrets.length };
    },
    ...sourceHandlers(world, changed),
    ...inputHandlers(),
    ...presetHandlers(),
    ...sweepHandlers(world, changed),
    ...markHandlers(world, changed),
    ...runListHandlers(world),
    ...shellHandlers(),
    ...queueHandlers(world, changed),
    ...roomHandlers(),
    cancelOperation: () => ({}),
    launch: ({ jobId, name, engine }) => {
      const job = jobOf(jobId);
      const id = `run-new-${world.runs.length}`;
      const run = makeRun(
        {
          id,
          name: name ?? `brisk-ember-${world.runs.length}`,
          state: 'queued',
          createdAt: Date.now(),
          ...(engine && { engine }),
        },
        job,
      );
      world.runs.unshift(run);
      changed({ runs: [run] });
      return { run, newVersion: false, identical: false, notes: [] };
    },
    rerunRun: ({ runId }) => {
      const run = runOf(runId);
      if (!run) return notThere('run');
      const id = `run-new-${world.runs.length}`;
      const again = makeRun(
        { id, name: `${run.name} again`, state: 'queued', createdAt: Date.now() },
        jobOf(run.jobId),
      );
      world.runs.unshift(again);
      changed({ runs: [again] });
      return { run: again, newVersion: false, identical: false, notes: [] };
    },
    listRuns: ({ projectId, jobId, sweepId, before, limit }) => {
      const all = world.runs.filter(
        (run) =>
          (!projectId || run.projectId === projectId) &&
          (!jobId || run.jobId === jobId) &&
          (!sweepId || run.sweep?.id === sweepId),
      );
      const from = before ? all.findIndex(({ id }) => id === before) + 1 : 0;
      return all.slice(from, from + limit);
    },
    getRun: ({ runId }) => {
      const run = runOf(runId);
      return run ? { run, events: eventsOf(run), steps: stepsOf(run) } : notThere('run');
    },
    stopRun: ({ runId }) => {
      const run = runOf(runId);
      if (!run) return notThere('run');
      const stopping = { ...run, state: 'stopping' as const, stopRequestedAt: Date.now() };
      world.runs.splice(world.runs.indexOf(run), 1, stopping);
      changed({ runs: [stopping] });
      return stopping;
    },
  };
}

/** A bridge with a main process of its own behind it, for tests and the preview page. */
export function createFakeBridge(world: World): FakeBridge {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const push: FakeBridge['push'] = (name, payload) =>
    listeners.get(name)?.forEach((listener) => listener(payload as never));
  const pushChanges = (changes: Partial<Changes>): void =>
    push('changes', { ...noChanges, ...changes });
  const handlers: Handlers = handlersFor(world, pushChanges);
  const calls: FakeBridge['calls'] = [];
  const logs = new Map<string, FakeLog>();

  const request = (name: CommandName) => async (input: never) => {
    calls.push({ name, input });
    const answer: unknown = await handlers[name](input);
    return isResult(answer) ? answer : ok(answer);
  };
  const names = Object.keys(handlers) as CommandName[];
  return {
    world,
    calls,
    logs,
    push,
    pushChanges,
    answer: (name, handler) => Object.assign(handlers, { [name]: handler }),
    commands: Object.fromEntries(names.map((name) => [name, request(name)])) as never,
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
    openLog(runId, kind, onReply) {
      const run = world.runs.find(({ id }) => id === runId);
      const none: FakeLog = { lines: 0, ended: false, line: trainingLine };
      const own = { lines: 2_140, ended: true, line: trainingLine };
      const log =
        kind === 'build'
          ? buildLog(run?.reason?.code === 'build-failed')
          : (logs.get(runId) ?? (run?.startedAt ? own : none));
      return serveLog(log, onReply);
    },
    grantDroppedFolder: async (file) =>
      file.name.includes('.')
        ? err({
            code: 'E_SOURCE_NOT_FOUND',
            message: `${file.name} is not a folder.`,
            next: 'Drop the folder it is in.',
          } satisfies ErrorData)
        : ok({ folder: `/home/ada/code/${file.name}`, runs: 0, only: false }),
  };
}
