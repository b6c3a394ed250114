import type { ImageSource } from '../../../shared/domain/job.ts';
import { AppError } from '../../../shared/errors.ts';
import {
  imageReferenceText,
  parseImageReference,
  registryOf,
  type ImageReference,
} from '../../build/image-reference.ts';
import type { PullProgress } from '../../build/pull-progress.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import type { StepSink } from '../engine.ts';
import { pullAsStep } from './base-image.ts';
import type { DockerClient } from './client.ts';
import { digestsOf, shownCommand, type ImageFacts } from './image-facts.ts';
import { checkPlatform } from './image-platform.ts';
import { pullImage } from './pull-image.ts';

interface Found {
  image: ImageFacts;
  /** What was pulled just now; null for an image that was here. */
  digest: string | null;
}

/** See `Engine.resolveImage`. */
export async function resolveImage(
  client: DockerClient,
  text: string,
  pull: 'missing' | 'always',
  control: Control,
): Promise<ImageSource> {
  const reference = parseImageReference(text, 'image');
  const found = await obtain(client, reference, pull, control);
  if (reference.tag && reference.digest) {
    await checkTag(client, reference, found.image, control.signal);
  }
  const name = imageReferenceText(reference);
  const platform = await checkPlatform(client, name, found.image, control.signal);
  const digest = digestOf(reference, found);
  return {
    kind: 'image',
    reference: text,
    digest: digest ?? found.image.id,
    local: digest === null,
    platform,
    command: shownCommand(found.image.command),
  };
}

/**
 * The image of a version, by its digest and no longer by its tag; pulled as step 0 when it is not here.
 * @throws AppError `E_IMAGE_NOT_FOUND` for a local image that was removed; see `pullError` for others
 */
export async function pinnedImage(
  client: DockerClient,
  source: ImageSource,
  steps: StepSink,
  signal: AbortSignal,
): Promise<ImageFacts> {
  const { name } = parseImageReference(source.reference, 'image');
  if (!source.local) {
    const reference = { name, tag: null, digest: source.digest };
    const image = await client.inspectImage(imageReferenceText(reference), signal);
    return image ?? pullAsStep(client, reference, 'image', steps, signal);
  }
  const image = await client.inspectImage(source.digest, signal);
  if (image) return image;
  throw new AppError(
    'E_IMAGE_NOT_FOUND',
    `The image ${source.reference} (${source.digest.slice(0, 19)}) is not on this machine any more, and no registry has it.`,
    { next: 'Build or load it again, and launch it anew.' },
  );
}

/** Nothing is pulled for a digest that is here: what it stands for cannot change. */
async function obtain(
  client: DockerClient,
  reference: ImageReference,
  pull: 'missing' | 'always',
  control: Control,
): Promise<Found> {
  const name = imageReferenceText(reference);
  const here = await client.inspectImage(name, control.signal);
  if (here && (pull === 'missing' || reference.digest)) return { image: here, digest: null };
  try {
    const digest = await pullWithProgress(client, reference, control);
    const image = await client.inspectImage(name, control.signal);
    if (image) return { image, digest };
  } catch (error) {
    if (!here || !mayGoOn(error)) throw error;
    const text = `${error.message} The image of that name on this machine is used.`;
    control.onProgress?.({ text, done: 0, total: null });
    return { image: here, digest: null };
  }
  throw new AppError('E_IMAGE_NOT_FOUND', `The image ${name} is gone right after its pull.`, {
    next: 'Try again; something on this machine removes images.',
  });
}

/** Whether the image that is here will do: not when the person cancelled or the engine went away. */
const mayGoOn = (error: unknown): error is AppError =>
  error instanceof AppError && error.code !== 'E_CANCELLED' && !error.code.startsWith('E_ENGINE');

async function pullWithProgress(
  client: DockerClient,
  reference: ImageReference,
  control: Control,
): Promise<string | null> {
  const name = imageReferenceText(reference);
  let reportedAt = performance.now();
  control.onProgress?.({ text: `Pulling ${name}`, done: 0, total: null });
  const onProgress = (_line: string | null, progress: PullProgress): void => {
    const now = performance.now();
    if (now - reportedAt < PROGRESS_EVERY_MS) return;
    reportedAt = now;
    const { done, all } = progress.layers;
    const text = `Pulling ${name}${all > 0 ? `: ${done} of ${all} layers` : ''}`;
    control.onProgress?.({ text, ...progress.bytes });
  };
  return pullImage(client, { reference, use: 'image', onProgress }, control.signal);
}

const PROGRESS_EVERY_MS = 100;

/** The digest that registries know the image by; null when none does. */
function digestOf(
  { name, digest }: ImageReference,
  { image, digest: pulled }: Found,
): string | null {
  if (digest) return digest;
  const known = digestsOf(image, name);
  return pulled && known.includes(pulled) ? pulled : (known[0] ?? null);
}

/**
 * A tag beside a digest has to stand for it, or one of the two is not what the person meant. Without
 * an answer of the registry, and without that tag here, the digest alone counts.
 * @throws AppError `E_IMAGE_DIGEST`
 */
async function checkTag(
  client: DockerClient,
  reference: ImageReference,
  image: ImageFacts,
  signal: AbortSignal,
): Promise<void> {
  const byTag = { ...reference, digest: null };
  const tagged = await client.inspectImage(imageReferenceText(byTag), signal);
  if (tagged?.id === image.id) return;
  const digest = await tagDigest(client, byTag, signal);
  if (digest === reference.digest || (digest === null && !tagged)) return;
  throw new AppError(
    'E_IMAGE_DIGEST',
    `The tag ${imageReferenceText(byTag)} stands for ${digest ?? 'another image'}, not for ${reference.digest}.`,
    { next: 'Leave out the tag to use the digest, or the digest to use the tag.' },
  );
}

/** What the tag stands for at the registry; null when it does not tell. */
async function tagDigest(
  client: DockerClient,
  reference: ImageReference,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const login = await client.findLogin(registryOf(reference.name), signal);
    return await client.registryDigest(reference, login, signal);
  } catch (error) {
    if (mayGoOn(error) || (error instanceof AppError && error.code === 'E_ENGINE')) return null;
    throw error;
  }
}
