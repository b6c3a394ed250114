import { AppError } from '../../../shared/errors.ts';
import type { DockerClient } from './client.ts';
import type { ImageFacts } from './image-facts.ts';

const STATUS_MS = 10_000;

/** Processors whose programs another runs by itself. */
const ALSO_RUNS: Record<string, string[]> = { amd64: ['386'], arm64: ['arm'] };

/** Engines on a virtual machine that come with emulation of these processors. */
const EMULATING = /^(?:Docker Desktop|OrbStack|Rancher Desktop)/;
const EMULATED = ['amd64', 'arm64'];

/**
 * The platform of an image, `linux/arm64`, checked against what the engine runs. What an image
 * does not say is taken to fit.
 * @throws AppError `E_IMAGE_PLATFORM`
 */
export async function checkPlatform(
  client: DockerClient,
  name: string,
  image: ImageFacts,
  signal: AbortSignal,
): Promise<string> {
  const engine = await client.versions(signal, STATUS_MS);
  const os = image.os || engine.os || 'linux';
  const architecture = image.architecture || engine.architecture || '';
  const variant = architecture === 'arm' && image.variant ? `/${image.variant}` : '';
  const platform = `${os}/${architecture}${variant}`;
  const fits =
    os === (engine.os ?? os) &&
    (runs(engine.architecture, architecture) ||
      (EMULATED.includes(architecture) &&
        EMULATING.test((await client.machine(signal)).operatingSystem)));
  if (fits) return platform;
  throw new AppError(
    'E_IMAGE_PLATFORM',
    `The image ${name} is made for ${platform.slice(0, 100)}, and this Docker engine runs ${engine.os}/${engine.architecture}.`,
    { next: 'Use an image that is made for it.' },
  );
}

const runs = (engine: string | null, image: string): boolean =>
  engine === null || engine === image || (ALSO_RUNS[engine] ?? []).includes(image);
