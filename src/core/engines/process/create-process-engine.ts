import { access, constants, lstat, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, toErrorData } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { checkCancelled } from '../../scope.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import { AwaySince, type UnstampedStatus } from '../away-since.ts';
import type { Engine, FollowHooks, LogSink, PrepareRequest, TreeCode } from '../engine.ts';
import { TRACKED_FOLDER } from '../tracked-environment.ts';
import { type Attempt, createAttemptStore, trackedDir } from './attempt-store.ts';
import { checkRun } from './check-run.ts';
import { collectOutputs } from './collect-outputs.ts';
import { prepareEnvironment } from './environments.ts';
import { factOf, isLive, killFile } from './facts.ts';
import { Output, tail } from './output.ts';
import { signalProcess, sweep } from './process-group.ts';
import { processState } from './process-identity.ts';
import { fileError } from './file-errors.ts';
import { findPython } from './python.ts';
import { type Claim, forbidStart, readClaim, start, supervisorFile } from './supervisor.ts';
import { measureGroup } from './usage.ts';

export interface ProcessEngineOptions {
  snapshots: Pick<Snapshots, 'writeTo'>;
  /** Holds `attempts/` and `environments/`. */
  folder: string;
  /** The folder `resources`, outside any archive. */
  resources: string;
  instanceId: string;
  clock: Clock;
}

/**
 * Runs jobs as child processes in virtual environments, where no container engine is. The programs
 * outlive the app: a supervisor (process-supervisor.sh) watches over each, their output is in
 * files, and whoever comes next finds all of it again by the attempt's folder.
 */
export function createProcessEngine(options: ProcessEngineOptions): Engine {
  const { instanceId, snapshots, resources } = options;
  const folder = join(options.folder, 'attempts');
  const attempts = createAttemptStore({ folder, instanceId, snapshots, resources });
  const script = supervisorFile(resources);
  const environments = { root: join(options.folder, 'environments'), supervisorFile: script };

  const away = new AwaySince(options.clock);

  const find = async (ref: string): Promise<Attempt> => {
    const attempt = await attempts.read(ref);
    if (attempt) return attempt;
    throw new AppError('E_NOT_FOUND', `The folder of attempt ${ref} is gone.`, {
      next: 'It was removed from outside the app; launch the run again.',
    });
  };

  const withOutput = async <T>(
    attempt: Attempt,
    sink: LogSink,
    work: (output: Output) => Promise<T>,
  ): Promise<T> => {
    const output = await Output.open(attempt, sink, options.clock);
    try {
      return await work(output);
    } finally {
      await output.close();
    }
  };

  return {
    kind: 'process',

    status: async (signal) => away.stamp(await statusOf(script, signal)),

    async preflight({ code }) {
      requireNoDocker(code);
      return { findings: [], rewritten: null };
    },

    resolveImage: (reference) => Promise.reject(needsDocker(`The image ${reference}`)),

    async prepare({ code, settings }, steps, signal) {
      return prepareEnvironment(
        environments,
        { plan: requireNoDocker(code).plan, settings },
        steps,
        signal,
      );
    },

    async create(request, signal) {
      return (await attempts.create(request, signal)).attemptId;
    },

    async follow(ref, sink, hooks, signal) {
      const attempt = await find(ref);
      checkCancelled(signal, 'Following the run');
      let claim = await readClaim(attempt);
      if (!claim) {
        hooks.beforeStart();
        claim = await start(attempt, resources, signal).catch((error: unknown) => {
          throw fileError(error, folder);
        });
      }
      const decided: Claim = claim;
      if (decided.kind === 'supervisor') hooks.started();
      await withOutput(attempt, sink, async (output) => {
        await tail(output, attempt.folder, () => goesOn(decided, hooks), signal);
        await cleanUp(attempt, decided);
        await output.drain(signal, true);
      });
    },

    async inspect(ref, signal) {
      checkCancelled(signal, 'Inspecting the run');
      const attempt = await attempts.read(ref);
      return attempt && factOf(attempt);
    },

    async stop(ref, how, signal) {
      checkCancelled(signal, 'Stopping the run');
      const attempt = await attempts.read(ref);
      if (!attempt) return false;
      const claim = await readClaim(attempt);
      if (!claim && (await forbidStart(attempt))) return false;
      return end(attempt, claim ?? (await readClaim(attempt)), how);
    },

    async seal(ref, sink, signal) {
      const attempt = await attempts.read(ref);
      if (!attempt) return { whole: false, reason: 'the folder of the run was removed' };
      const claim = await readClaim(attempt);
      if (claim) await cleanUp(attempt, claim);
      return withOutput(attempt, sink, async (output) => {
        await output.drain(signal, true);
        return output.compare();
      });
    },

    checkRun: (run) => Promise.resolve(checkRun(run)),
    capacity: () => Promise.resolve({ isHere: true, memoryBytes: null, cpus: null }),
    async *measure(ref, signal) {
      checkCancelled(signal, 'Measuring the run');
      const attempt = await attempts.read(ref);
      const claim = attempt && (await readClaim(attempt));
      if (claim?.kind !== 'supervisor') return;
      yield* measureGroup(claim.supervisor.pid, () => isLive(claim), options.clock, signal);
    },
    async collectOutputs(ref, paths, target, signal) {
      return collectOutputs(await find(ref), paths, target, signal);
    },
    async collect(ref, target, signal) {
      checkCancelled(signal, 'Collecting the run files');
      const attempt = await attempts.read(ref);
      const from = attempt && join(trackedDir(attempt.folder), TRACKED_FOLDER);
      if (!from || !(await lstat(from).catch(() => null))?.isDirectory()) return false;
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(from, target);
      return true;
    },

    async remove(ref, signal) {
      checkCancelled(signal, 'Removing the run');
      const attempt = await attempts.read(ref);
      if (attempt && !(await forbidStart(attempt))) {
        await end(attempt, await readClaim(attempt), 'kill');
      }
      await attempts.remove(ref);
    },

    async list(signal) {
      checkCancelled(signal, 'Listing the runs');
      const found = await Promise.all((await attempts.list()).map((id) => attempts.read(id)));
      return Promise.all(found.filter((attempt) => attempt !== null).map(factOf));
    },
  };
}

function requireNoDocker(code: PrepareRequest['code']): TreeCode {
  if (code.kind === 'image') throw needsDocker(`The image ${code.source.reference}`);
  const { dockerfile } = code.build;
  if (dockerfile !== null) throw needsDocker(`The Dockerfile ${dockerfile}`);
  return code;
}

const needsDocker = (what: string): AppError =>
  new AppError('E_ENGINE_NONE', `${what} needs Docker: processes run code, not images.`, {
    next: 'Install Docker or start it, choose "docker" or "auto" as the engine, and launch again.',
  });

/** Ends what is under way; a kill also ends what outlived its supervisor. False when that has ended. */
async function end(
  attempt: Attempt,
  claim: Claim | null,
  how: 'interrupt' | 'kill',
): Promise<boolean> {
  if (claim?.kind !== 'supervisor') return false;
  if (!(await isLive(claim))) {
    if (how === 'kill') await cleanUp(attempt, claim);
    return false;
  }
  const group = -claim.supervisor.pid;
  if (how === 'interrupt') {
    signalProcess(group, 'SIGINT');
    // A paused program takes the interrupt only when it goes on.
    signalProcess(group, 'SIGCONT');
    return true;
  }
  await writeFile(killFile(attempt), '');
  signalProcess(group, 'SIGKILL');
  await sweep(claim.supervisor, attempt.folder);
  return true;
}

/** Whether its output may still grow; tells whether it is paused. */
async function goesOn(claim: Claim, hooks: FollowHooks): Promise<boolean> {
  if (claim.kind !== 'supervisor') return false;
  const state = await processState(claim.supervisor);
  if (state !== 'gone') hooks.paused(state === 'paused');
  return state !== 'gone';
}

/** After the end: nothing that the program left behind may go on, or write on. */
async function cleanUp(attempt: Attempt, claim: Claim): Promise<void> {
  if (claim.kind === 'supervisor' && !(await isLive(claim))) {
    await sweep(claim.supervisor, attempt.folder);
  }
}

async function statusOf(script: string, signal: AbortSignal): Promise<UnstampedStatus> {
  const kind = 'process' as const;
  if (process.platform === 'win32') {
    const text = 'Running without a container needs Linux or macOS.';
    return { kind, available: false, text, fix: 'Install Docker Desktop and start it.' };
  }
  try {
    await access('/bin/sh', constants.X_OK);
    await access(script, constants.R_OK);
    const python = await findPython(signal);
    const text = python
      ? `Python ${python.version} at ${python.path}`
      : 'No Python found; jobs that need it will not run.';
    const fix = python ? null : 'Install Python 3 with its venv module.';
    return { kind, available: true, text, fix };
  } catch (error) {
    return { kind, available: false, text: toErrorData(error).message, fix: null };
  }
}
