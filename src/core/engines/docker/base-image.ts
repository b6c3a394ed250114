import { imageReferenceText, parseImageReference } from '../../build/image-reference.ts';
import type { ImageReference, ReferenceUse } from '../../build/image-reference.ts';
import type { StepSink } from '../engine.ts';
import type { DockerClient, ImageFacts } from './client.ts';
import { pullError } from './pull-error.ts';
import { pullImage } from './pull-image.ts';

/** Pulls the base image as step 0. Fails with `E_BASE_IMAGE` and what to do about it. */
export const pullBaseImage = (
  client: DockerClient,
  setting: string,
  steps: StepSink,
  signal: AbortSignal,
): Promise<ImageFacts> =>
  pullAsStep(client, parseImageReference(setting), 'base image', steps, signal);

/** Pulls an image as step 0, with its lines as the output of the step. */
export async function pullAsStep(
  client: DockerClient,
  reference: ImageReference,
  use: ReferenceUse,
  steps: StepSink,
  signal: AbortSignal,
): Promise<ImageFacts> {
  const image = imageReferenceText(reference);
  const onProgress = (line: string | null): Promise<void> | void =>
    line === null ? undefined : steps.output(0, Buffer.from(`${line}\n`));
  steps.begin(0, `Pull ${image}`);
  try {
    await pullImage(client, { reference, use, onProgress }, signal);
    const pulled = await client.inspectImage(image, signal);
    if (!pulled) throw pullError('not found after the pull', { reference, use, loggedIn: false });
    steps.end(0, 'done');
    return pulled;
  } catch (error) {
    steps.end(0, signal.aborted ? 'cancelled' : 'failed');
    throw error;
  }
}
