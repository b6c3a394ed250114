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
const LENGTH_LIMIT = 255;

/**
 * Takes an image reference apart, or refuses it with `E_SETTING`. What passes holds nothing that
 * means something to a Dockerfile, a URL or a shell.
 */
export function parseImageReference(text: string): ImageReference {
  const match = text.length <= LENGTH_LIMIT ? pattern.exec(text) : null;
  if (!match?.[1]) {
    throw new AppError('E_SETTING', `"${text.slice(0, LENGTH_LIMIT)}" is not an image reference.`, {
      next: 'Set the base image to a name such as python:3.11-slim or host:5000/image@sha256:....',
    });
  }
  return { name: match[1], tag: match[2] ?? null, digest: match[3] ?? null };
}

/** The reference as Docker takes it: `latest` when neither tag nor digest is given. */
export function imageReferenceText(reference: ImageReference): string {
  if (reference.digest) return `${reference.name}@${reference.digest}`;
  return `${reference.name}:${reference.tag ?? 'latest'}`;
}
