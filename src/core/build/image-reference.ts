import { AppError } from '../../shared/errors.ts';

/** The parts of an image reference. `tag` or `digest` is null when it is not given. */
export interface ImageReference {
  /** Registry and path as written: `python`, `host:5000/team/image`. */
  name: string;
  tag: string | null;
  /** `sha256:<64 hex>`. */
  digest: string | null;
}

// The grammar of the distribution project (reference/reference.go), without its normalisation.
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `${domainPart}(?:\\.${domainPart})*(?::[0-9]{1,5})?`;
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const pattern = new RegExp(
  `^((?:${domain}/)?${pathPart}(?:/${pathPart})*)` +
    '(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$',
);
/** What the engine would take for the id of an image, or for a digest. */
const imageId = /^(?:sha256:)?[0-9a-f]{64}$/;
const LENGTH_LIMIT = 255;
const DOCKER_HUB = 'docker.io';

/** Where a reference comes from, which decides what is said about a bad one. */
export type ReferenceUse = 'base image' | 'image';

function refuse(text: string, use: ReferenceUse): AppError {
  const shown = `"${text.slice(0, LENGTH_LIMIT)}"`;
  if (use === 'base image') {
    return new AppError('E_SETTING', `${shown} is not an image reference.`, {
      next: 'Set the base image to a name such as python:3.11-slim or host:5000/image@sha256:....',
    });
  }
  return new AppError('E_IMAGE_REF', `${shown} is not an image reference.`, {
    next: imageId.test(text)
      ? 'Give the image a name with "docker tag", and use that.'
      : 'Write it as name, name:tag or name@sha256:<64 hex digits>, in lower case, with host:port/ before it for a registry other than Docker Hub.',
  });
}

/**
 * Takes an image reference apart. What passes holds nothing that means something to a Dockerfile, a
 * URL or a shell.
 * @throws AppError `E_SETTING` for a base image, `E_IMAGE_REF` for the image of a job
 */
export function parseImageReference(
  text: string,
  use: ReferenceUse = 'base image',
): ImageReference {
  const match = text.length <= LENGTH_LIMIT && !imageId.test(text) ? pattern.exec(text) : null;
  if (!match?.[1]) throw refuse(text, use);
  return { name: match[1], tag: match[2] ?? null, digest: match[3] ?? null };
}

/** The tag that is asked for: `latest` where neither tag nor digest is given; null for a digest alone. */
export const tagOf = ({ tag, digest }: ImageReference): string | null =>
  tag ?? (digest ? null : 'latest');

/** The reference as Docker takes it: by digest where there is one, else by tag. */
export function imageReferenceText(reference: ImageReference): string {
  if (reference.digest) return `${reference.name}@${reference.digest}`;
  return `${reference.name}:${tagOf(reference)}`;
}

/** Registry and path with nothing left out: `docker.io/library/python` for `python`. */
export function canonicalName(name: string): string {
  const { host, path } = splitName(name);
  return `${host}/${host === DOCKER_HUB && !path.includes('/') ? `library/${path}` : path}`;
}

/** The registry a name is pulled from: `docker.io`, `host:5000`. */
export const registryOf = (name: string): string => splitName(name).host;

/** By Docker's rule: the first part is a host when it cannot be a part of a path on Docker Hub. */
function splitName(name: string): { host: string; path: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  if (!/[.:A-Z]/.test(first) && first !== 'localhost') return { host: DOCKER_HUB, path: name };
  const path = name.slice(slash + 1);
  return { host: first === 'index.docker.io' ? DOCKER_HUB : first, path };
}
