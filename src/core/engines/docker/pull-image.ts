import { AppError, cancelled } from '../../../shared/errors.ts';
import { registryOf, type ImageReference, type ReferenceUse } from '../../build/image-reference.ts';
import { PullProgress } from '../../build/pull-progress.ts';
import { delay } from '../../scope.ts';
import { PULL_IDLE_MS, type DockerClient } from './client.ts';
import { cutOff } from './engine-errors.ts';
import { jsonLines } from './json-lines.ts';
import { mayPass, pullError, type PullContext } from './pull-error.ts';
import { whileAwake } from './while-awake.ts';

export interface Pull {
  reference: ImageReference;
  use: ReferenceUse;
  /** Takes each line of the pull, without line end, and how far it is. A returned promise is back-pressure. */
  onProgress(line: string | null, progress: PullProgress): Promise<void> | void;
}

/** Waits before a pull is tried again; each with up to half of it more, so that not all come at once. */
const WAITS_MS = [500, 1000, 2000];

/**
 * Pulls an image with the login that is kept for its registry, again where what went wrong may pass.
 * Returns the digest that was pulled, where the engine tells it.
 * @throws AppError see {@link pullError}
 */
export async function pullImage(
  client: PullClient,
  pull: Pull,
  signal: AbortSignal,
): Promise<string | null> {
  for (const [index, ms] of WAITS_MS.entries()) {
    const result = await pullOnce(client, pull, signal);
    if (!('refusal' in result)) return result.digest;
    if (!mayPass(result.refusal, pull.reference)) throw result.error;
    const again = `Trying again (${index + 1} of ${WAITS_MS.length})`;
    await pull.onProgress(`${result.error.message} ${again}`, new PullProgress());
    await delay(ms * (1 + Math.random() / 2), signal);
  }
  const last = await pullOnce(client, pull, signal);
  if ('refusal' in last) throw last.error;
  return last.digest;
}

export type PullClient = Pick<DockerClient, 'findLogin' | 'pull'>;

/** What was pulled; or what it failed with, in the words of the engine or the registry. */
type Pulled = { digest: string | null } | { refusal: string; error: AppError };

async function pullOnce(client: PullClient, pull: Pull, signal: AbortSignal): Promise<Pulled> {
  const context: PullContext = { ...pull, loggedIn: false };
  const progress = new PullProgress();
  const refused = (refusal: string, cause?: unknown): Pulled => ({
    refusal,
    error: pullError(refusal, context, cause),
  });
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
    if (signal.aborted) throw cancelled('Pulling the image');
    if (!(error instanceof AppError)) throw cutOff('Pulling the image', error);
    if (error.code === 'E_ENGINE') return refused(error.message, error);
    throw error;
  }
  if (signal.aborted) throw cancelled('Pulling the image');
  return progress.error === null ? { digest: progress.digest } : refused(progress.error);
}
