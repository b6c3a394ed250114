import type { BuilderAbilities } from '../../build/check-types.ts';
import { frontendOf } from '../../build/check-syntax-line.ts';
import { readDockerfile } from '../../build/dockerfile-facts.ts';
import {
  imageReferenceText,
  parseImageReference,
  registryOf,
  type ImageReference,
} from '../../build/image-reference.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import type { BuildInput } from './build-image.ts';
import type { DockerClient } from './client.ts';

/** BuildKit takes no networks but these. */
const BUILDKIT_NETWORKS = new Set(['', 'default', 'bridge', 'host', 'none']);
/** Docker from 18.09 on has BuildKit; Podman and the like answer with versions below. */
const FIRST_WITH_BUILDKIT = 18;
const VERSION_MS = 10_000;

/** The builder that is tried first for containers on a network. */
export const preferredBuilder = (network: string): BuildInput['builder'] =>
  BUILDKIT_NETWORKS.has(network) ? 'buildkit' : 'classic';

interface Asked {
  client: DockerClient;
  builder?: BuildInput['builder'] | undefined;
}

/** What the engine can do with a Dockerfile, asked of the engine itself. */
export async function builderAbilities(
  { client, builder }: Asked,
  dockerfile: string,
  network: string,
  signal: AbortSignal,
): Promise<BuilderAbilities> {
  const { version, os, architecture } = await client.versions(signal, VERSION_MS);
  const major = Number(/^\d+/.exec(version)?.[0] ?? 0);
  const usual = major >= FIRST_WITH_BUILDKIT ? preferredBuilder(network) : 'classic';
  const frontend = frontendOf(readDockerfile(dockerfile));
  const chosen = builder ?? usual;
  return {
    builder: chosen,
    major,
    platform: `${os ?? 'linux'}/${architecture ?? 'amd64'}`,
    hasFrontend:
      frontend !== null &&
      chosen === 'buildkit' &&
      (await whyMissing(client, frontend.value, signal)) === null,
  };
}

/** Why an image is neither on the engine nor to be had from its registry; null when it is. */
export async function whyMissing(
  client: DockerClient,
  image: string,
  signal: AbortSignal,
): Promise<string | null> {
  const reference = referenceOf(image);
  if (!reference) return 'it is not an image reference';
  if (await client.inspectImage(imageReferenceText(reference), signal)) return null;
  try {
    const login = await client.findLogin(registryOf(reference.name), signal);
    await client.registryDigest(reference, login, signal);
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || isFatal(error)) throw error;
    return wordsFor(error);
  }
}

function referenceOf(image: string): ImageReference | null {
  try {
    return parseImageReference(image);
  } catch {
    return null;
  }
}

const FATAL: ReadonlySet<ErrorCode> = new Set([
  ...(['E_CANCELLED', 'E_ENGINE_NONE', 'E_ENGINE_LOST'] as const),
  ...(['E_ENGINE_PERMISSION', 'E_ENGINE_ANSWER'] as const),
]);

/** The engine itself went away, or the person did. */
const isFatal = ({ code }: AppError): boolean => FATAL.has(code);

function wordsFor({ message, code }: AppError): string {
  if (/unauthorized|authentication required|denied|forbidden/i.test(message)) {
    return 'its registry does not have it, or asks for a login';
  }
  if (/manifest unknown|not found|name unknown|unknown:/i.test(message)) {
    return 'its registry does not have it';
  }
  return code === 'E_ENGINE' || code === 'E_ENGINE_TIMEOUT' || code === 'E_REGISTRY_UNREACHABLE'
    ? 'its registry cannot be reached'
    : message;
}
