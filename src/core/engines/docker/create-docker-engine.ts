import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { delay } from '../../scope.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import type { Engine, EngineFact } from '../engine.ts';
import { BuildLeftovers } from './build-leftovers.ts';
import { checkRun } from './check-run.ts';
import { DockerClient } from './client.ts';
import { collect, collectOutputs } from './collect.ts';
import { CONTAINER_LABELS } from './container-spec.ts';
import { createContainer } from './create-container.ts';
import { DockerStatus } from './docker-status.ts';
import { factOf, UNKNOWN_LIFE } from './facts.ts';
import { follow } from './follow.ts';
import { measure } from './measure.ts';
import { preflight } from './preflight.ts';
import { prepare } from './prepare.ts';
import type { FindLogin } from './registry-login.ts';
import { resolveImage } from './resolve-image.ts';
import { seal } from './seal.ts';

export interface DockerEngineOptions {
  snapshots: Pick<Snapshots, 'tar' | 'buildContext'>;
  /** Tells the containers of this data folder from those of another. */
  instanceId: string;
  /** As in DOCKER_HOST; without it, that variable, the current context or the usual socket. */
  dockerHost?: string | undefined;
  clock: Clock;
  /** The folder `resources`, with what is put into containers. */
  resources: string;
  /** The logins for registries; without it, none. */
  findLogin?: FindLogin | undefined;
  /** Forces one builder; without it, BuildKit where the engine has it. */
  builder?: 'buildkit' | 'classic' | undefined;
}

/** The engine that runs jobs in containers of any Docker-compatible engine. Nothing is contacted before first use. */
export function createDockerEngine(options: DockerEngineOptions): Engine {
  const { snapshots, builder, clock, instanceId, resources } = options;
  const client = new DockerClient(options.dockerHost, options.findLogin);
  const status = new DockerStatus(client, clock);
  const leftovers = new BuildLeftovers(client);
  const prepareParts = { client, snapshots, builder, leftovers, instanceId };
  /** Containers whose output came whole over one connection, in this process. */
  const unbroken = new Set<string>();
  /** See `FollowParts.ran`. */
  const ran = new Set<string>();
  return {
    kind: 'docker',
    status: (signal) => status.now(signal),
    preflight: (request, signal) => preflight(prepareParts, request, signal),
    resolveImage: (reference, pull, control) => resolveImage(client, reference, pull, control),
    prepare: (request, steps, signal) => prepare(prepareParts, request, steps, signal),
    create: (request, signal) =>
      createContainer({ client, instanceId, resources }, request, signal),
    async follow(ref, sink, hooks, signal) {
      unbroken.delete(ref);
      const result = await follow({ client, clock, ran }, ref, sink, hooks, signal);
      if (result.unbroken) unbroken.add(ref);
    },
    async inspect(ref, signal) {
      for (const ms of START_WAITS_MS) {
        const fact = await inspect(client, ref, signal);
        if (fact?.phase !== 'created' || !ran.has(ref)) return fact;
        await delay(ms, signal);
      }
      const fact = await inspect(client, ref, signal);
      return fact?.phase === 'created' ? forgotten(fact) : fact;
    },
    stop: (ref, how, signal) => client.kill(ref, how === 'kill' ? 'SIGKILL' : 'SIGINT', signal),
    seal: (ref, sink, signal) => seal(client, ref, sink, unbroken.has(ref), signal),
    checkRun: (run, signal) => checkRun(client, run, signal),
    async capacity(signal) {
      const { cores, memoryBytes } = await client.machine(signal);
      return { isHere: await client.isLocal(signal), memoryBytes, cpus: cores };
    },
    measure: (ref, signal) => measure(client, ref, signal),
    collectOutputs: (ref, paths, folder, signal) =>
      collectOutputs(client, ref, paths, folder, signal),
    collect: (ref, folder, signal) => collect(client, ref, folder, signal),
    async remove(ref, signal) {
      await client.remove(ref, signal);
      unbroken.delete(ref);
      ran.delete(ref);
    },
    async list(signal) {
      await leftovers.clear(signal);
      return list(client, instanceId, signal);
    },
  };
}

/** For how long a start whose answer was not heard may still come to be. */
const START_WAITS_MS = [50, 200, 750, 2000];

/** A container that ran, of which its engine knows nothing since it was killed. */
const forgotten = (fact: EngineFact): EngineFact => ({ ...fact, phase: 'ended', engineDied: true });

async function inspect(
  client: DockerClient,
  ref: string,
  signal: AbortSignal,
): Promise<EngineFact | null> {
  const container = await client.inspectContainer(ref, signal);
  if (!container) return null;
  const fact = factOf(container, UNKNOWN_LIFE);
  if (fact.phase !== 'ended') return fact;
  const since = await client.networkCreatedAt('bridge', signal);
  const known = factOf(container, { since, outlived: false });
  if (known.engineDied !== true) return known;
  // Asked for last: it is the slowest of all calls.
  const { outlived } = await client.machine(signal);
  return factOf(container, { since, outlived });
}

async function list(
  client: DockerClient,
  instanceId: string,
  signal: AbortSignal,
): Promise<EngineFact[]> {
  const ids = await client.listContainers(CONTAINER_LABELS.instance, instanceId, signal);
  const facts: EngineFact[] = [];
  // One after the other: an engine with hundreds of containers is not asked for all at once.
  for (const id of ids) {
    const fact = await inspect(client, id, signal).catch(unlessUnreadable);
    if (fact) facts.push(fact);
  }
  return facts;
}

/** One that cannot be read keeps nobody from the others: it is looked at again with the next list. */
function unlessUnreadable(error: unknown): null {
  if (error instanceof AppError && error.code === 'E_ENGINE_ANSWER') return null;
  throw error;
}
