import { createHash } from 'node:crypto';

export const sha256 = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** What an image is made from, each part comparable on its own. */
export interface ImageParts {
  /** Version of the generated Dockerfile, or digest of the job's own as it is built. */
  template: string;
  /** The references as they are asked for; the images they stand for now are {@link LABELS.baseId}. */
  base: string;
  /** Digest of the code as it is sent. */
  tree: string;
  /** Digest of the requirement lines and the index they come from. */
  dependencies: string;
  /** Digest of build arguments, stage and platform; empty when there are none. */
  options: string;
}

export const LABELS = {
  app: 'dev.slipway.app',
  /** The data folder that had it built, by its instance id. */
  instance: 'dev.slipway.instance',
  key: 'dev.slipway.key',
  template: 'dev.slipway.template',
  base: 'dev.slipway.base',
  baseId: 'dev.slipway.base-id',
  tree: 'dev.slipway.tree',
  dependencies: 'dev.slipway.dependencies',
  options: 'dev.slipway.options',
  job: 'dev.slipway.job',
} as const;

/**
 * The key of an image, 64 hex digits. The ids of the base images are not in it but in a label beside
 * it, so that one look at the tag tells "unchanged" from "the base image changed".
 */
export const imageKey = (parts: ImageParts): string =>
  sha256([parts.template, parts.base, parts.tree, parts.dependencies, parts.options]);

export const imageTag = (key: string): string => `slipway/job:${key.slice(0, 24)}`;

/** The labels an image carries; with `dev.slipway.job` only when the job is known. */
export function imageLabels(
  parts: ImageParts,
  baseId: string,
  { jobId, instanceId }: { jobId: string | undefined; instanceId: string },
): Record<string, string> {
  return {
    [LABELS.app]: '1',
    [LABELS.instance]: instanceId,
    [LABELS.key]: imageKey(parts),
    [LABELS.template]: parts.template,
    [LABELS.base]: parts.base,
    [LABELS.baseId]: baseId,
    [LABELS.tree]: parts.tree,
    [LABELS.dependencies]: parts.dependencies,
    [LABELS.options]: parts.options,
    ...(jobId && { [LABELS.job]: jobId }),
  };
}

/**
 * Why an image has to be built, by the labels of the job's newest earlier image (null when there
 * is none).
 */
export function whyBuild(
  parts: ImageParts,
  baseId: string,
  earlier: Record<string, string> | null,
): string {
  if (!earlier) return 'first build';
  const changed = [
    earlier[LABELS.tree] !== parts.tree && 'the code',
    earlier[LABELS.dependencies] !== parts.dependencies && 'the dependencies',
    (earlier[LABELS.base] !== parts.base || earlier[LABELS.baseId] !== baseId) && 'the base image',
    earlier[LABELS.template] !== parts.template && 'the Dockerfile',
    (earlier[LABELS.options] ?? '') !== parts.options && 'the build options',
  ].filter((part) => part !== false);
  if (changed.length === 0) return 'the image was removed';
  const last = changed.pop() ?? '';
  return `${changed.length > 0 ? `${changed.join(', ')} and ` : ''}${last} changed`;
}
