import { AppError } from '../../../shared/errors.ts';
import type { CreateRequest } from '../engine.ts';
import { mountProblems } from './check-run.ts';
import type { DockerClient } from './client.ts';
import {
  CONTAINER_LABELS,
  containerName,
  containerSpec,
  type SpecParts,
} from './container-spec.ts';
import { deliver } from './deliver.ts';
import { hasStarted } from './facts.ts';
import type { ContainerAnswer } from './schemas.ts';

export interface CreateParts {
  client: DockerClient;
  instanceId: string;
  resources: string;
}

/** See `Engine.create`. What it made is removed again when it cannot be made whole. */
export async function createContainer(
  parts: CreateParts,
  asked: CreateRequest,
  signal: AbortSignal,
): Promise<string> {
  const { client } = parts;
  refuseMounts(asked);
  try {
    const made = await make(parts, asked, signal);
    const name = containerName(asked.attemptId);
    const container = await client.inspectContainer(made.ref ?? name, signal);
    requireOurs(container, asked);
    if (!hasStarted(container)) await deliver(parts, container, made.request, signal);
    return container.Id;
  } catch (error) {
    await removeMade(client, asked, new AbortController().signal).catch(() => undefined);
    throw error;
  }
}

/** By its name: the answer that has its id may be what went wrong. What has started is not ours to remove. */
async function removeMade(
  client: DockerClient,
  { attemptId }: CreateRequest,
  signal: AbortSignal,
): Promise<void> {
  const container = await client.inspectContainer(containerName(attemptId), signal);
  const isOurs = container?.Config.Labels?.[CONTAINER_LABELS.attempt] === attemptId;
  if (container && isOurs && !hasStarted(container)) await client.remove(container.Id, signal);
}

function refuseMounts({ run }: CreateRequest): void {
  const [problem] = mountProblems(run.mounts);
  if (problem) throw new AppError('E_MOUNT', problem.message, { next: problem.next ?? '' });
}

function requireOurs(
  container: ContainerAnswer | null,
  { attemptId }: CreateRequest,
): asserts container is ContainerAnswer {
  if (container?.Config.Labels?.[CONTAINER_LABELS.attempt] === attemptId) return;
  const name = containerName(attemptId);
  throw new AppError('E_ENGINE', `Another container has the name ${name}.`, {
    next: `Remove it with "docker rm ${name}" and launch again.`,
  });
}

interface Made {
  /** Null when its name was taken. */
  ref: string | null;
  /** As it was made: without live metrics where the engine does not find their folder. */
  request: CreateRequest;
}

async function make(parts: CreateParts, asked: CreateRequest, signal: AbortSignal): Promise<Made> {
  const { client } = parts;
  const image = await client.inspectImage(asked.environmentId, signal);
  const spec = { instanceId: parts.instanceId, image: image ?? { env: [], command: [] } };
  requireCommand(asked, spec.image.command);
  const request = (await client.isLocal(signal)) ? asked : { ...asked, live: null };
  try {
    return { ref: await createWithLog(client, request, spec, signal), request };
  } catch (error) {
    if (request.live === null || !isMissing(error, request.live)) throw error;
    // A socket of this machine may lead to another one.
    const without = { ...request, live: null };
    return { ref: await createWithLog(client, without, spec, signal), request: without };
  }
}

const isMissing = (error: unknown, path: string): boolean =>
  error instanceof AppError && error.code === 'E_MOUNT' && (error.detail?.includes(path) ?? false);

/** The start script needs to be told the program, and only the image itself knows none. */
function requireCommand({ argv, secrets }: CreateRequest, command: string[]): void {
  if (secrets.length === 0 || argv.length > 0 || command.length > 0) return;
  throw new AppError('E_NO_ENTRYPOINT', 'The image does not say what to start.', {
    next: 'Give an entry point.',
  });
}

async function createWithLog(
  client: DockerClient,
  request: CreateRequest,
  parts: Omit<SpecParts, 'driver'>,
  signal: AbortSignal,
): Promise<string | null> {
  const name = containerName(request.attemptId);
  const spec = (driver: SpecParts['driver']) => containerSpec(request, { ...parts, driver });
  try {
    return await client.createContainer(spec('local'), name, signal);
  } catch (error) {
    if (!(error instanceof AppError) || !/log(?:ging)? driver|logger/i.test(error.message))
      throw error;
    return client.createContainer(spec('json-file'), name, signal);
  }
}
