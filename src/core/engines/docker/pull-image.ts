import { AppError, cancelled } from '../../../shared/errors.ts';
import { registryOf, type ImageReference, type ReferenceUse } from '../../build/image-reference.ts';
import { PullProgress } from '../../build/pull-progress.ts';
import { PULL_IDLE_MS, type DockerClient } from './client.ts';
import { cutOff } from './engine-errors.ts';
import { jsonLines } from './json-lines.ts';
import { pullError, type PullContext } from './pull-error.ts';
import { whileAwake } from './while-awake.ts';

export interface Pull {
  reference: ImageReference;
  use: ReferenceUse;
  /** Takes each line of the pull, without line end, and how far it is. A returned promise is back-pressure. */
  onProgress(line: string | null, progress: PullProgress): Promise<void> | void;
}

/**
 * Pulls an image with the login that is kept for its registry. Returns the digest that was pulled,
 * where the engine tells it.
 * @throws AppError see {@link pullError}
 */
export async function pullImage(
  client: DockerClient,
  pull: Pull,
  signal: AbortSignal,
): Promise<string | null> {
  const context: PullContext = { ...pull, loggedIn: false };
  const progress = new PullProgress();
  try {
    const login = await client.findLogin(registryOf(pull.reference.name), signal);
    context.loggedIn = login !== null;
    const asleep = pullError(`i/o timeout: nothing came for ${PULL_IDLE_MS / 1000} s`, context);
    const stream = await client.pull(pull.reference, login, signal);
    for await (const record of jsonLines(whileAwake(stream, PULL_IDLE_MS, asleep))) {
      const line = progress.read(record);
      await pull.onProgress(line?.trimEnd() ?? null, progress);
    }
  } catch (error) {
    throw pullFailure(error, context, signal);
  }
  if (signal.aborted) throw cancelled('Pulling the image');
  if (progress.error !== null) throw pullError(progress.error, context);
  return progress.digest;
}

function pullFailure(error: unknown, context: PullContext, signal: AbortSignal): AppError {
  if (signal.aborted) return cancelled('Pulling the image');
  if (!(error instanceof AppError)) return cutOff('Pulling the image', error);
  return error.code === 'E_ENGINE' ? pullError(error.message, context, error) : error;
}
