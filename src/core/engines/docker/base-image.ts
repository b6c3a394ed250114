import { AppError, cancelled } from '../../../shared/errors.ts';
import { imageReferenceText, parseImageReference } from '../../build/image-reference.ts';
import { PullProgress } from '../../build/pull-progress.ts';
import type { StepSink } from '../engine.ts';
import type { DockerClient, ImageFacts } from './client.ts';
import { cutOff, knownCause } from './engine-errors.ts';
import { jsonLines } from './json-lines.ts';

/** Why a pull failed, by the words engines and registries use. */
function pullError(image: string, text: string, cause?: unknown): AppError {
  const known = knownCause(text, cause);
  if (known) return known;
  const fail = (why: string, next: string): AppError =>
    new AppError('E_BASE_IMAGE', `The base image ${image} cannot be pulled: ${why}.`, {
      next,
      detail: text,
      cause,
    });
  if (/toomanyrequests|too many requests|rate limit/i.test(text)) {
    return fail(
      'the registry allows no more pulls for now',
      'Wait, or log in with "docker login".',
    );
  }
  if (
    /no such host|i\/o timeout|connection refused|network is unreachable|TLS handshake|deadline exceeded|proxyconnect|EOF|Client\.Timeout|connection reset|server misbehaving/i.test(
      text,
    )
  ) {
    return fail(
      'the registry cannot be reached',
      'Check the network and Docker\'s proxy settings, or set the base image to one that is on this machine ("docker images").',
    );
  }
  if (
    /unauthorized|authentication required|no basic auth|denied: requested access|403 Forbidden/i.test(
      text,
    ) &&
    !/may require|does not exist/i.test(text)
  ) {
    return fail(
      'the registry asks for a login',
      'Run "docker login" and "docker pull" yourself, then launch again.',
    );
  }
  if (/not found|manifest unknown|does not exist|name unknown|no matching manifest/i.test(text)) {
    return fail(
      'the registry has no such image, or only for those logged in',
      'Check the name in the settings, or run "docker login" and "docker pull" yourself.',
    );
  }
  return fail(
    'the registry refused it',
    'Try "docker pull" yourself, or set another base image in the settings.',
  );
}

async function runPull(
  client: DockerClient,
  image: string,
  onLine: (line: string) => Promise<void> | void,
  signal: AbortSignal,
): Promise<void> {
  const reference = parseImageReference(image);
  const tag = reference.digest ?? reference.tag ?? 'latest';
  const progress = new PullProgress();
  const stream = await client.pull(reference.name, tag, signal);
  for await (const record of jsonLines(stream)) {
    const line = progress.read(record);
    if (line) await onLine(line);
  }
  if (progress.error) throw pullError(image, progress.error);
}

/** Pulls the base image as step 0. Fails with `E_BASE_IMAGE` and what to do about it. */
export async function pullBaseImage(
  client: DockerClient,
  setting: string,
  steps: StepSink,
  signal: AbortSignal,
): Promise<ImageFacts> {
  const image = imageReferenceText(parseImageReference(setting));
  steps.begin(0, `Pull ${image}`);
  try {
    await runPull(client, image, (line) => steps.output(0, Buffer.from(line)), signal);
  } catch (error) {
    steps.end(0, signal.aborted ? 'cancelled' : 'failed');
    if (signal.aborted) throw cancelled('Pulling the base image');
    if (!(error instanceof AppError)) throw cutOff('Pulling the base image', error);
    throw error.code === 'E_ENGINE' ? pullError(image, error.message, error) : error;
  }
  const pulled = await client.inspectImage(image, signal);
  steps.end(0, pulled ? 'done' : 'failed');
  if (!pulled) throw pullError(image, 'not found after the pull');
  return pulled;
}
