import { imageKey, imageTag, LABELS } from '../../build/image-key.ts';
import type { PreflightFinding, PreflightReport, PrepareRequest, TreeCode } from '../engine.ts';
import { whyMissing } from './builder-abilities.ts';
import type { DockerClient } from './client.ts';
import { ownDockerfile } from './own-dockerfile.ts';
import type { PrepareParts } from './prepare.ts';
import { generatedRecipe, ownRecipe, type Recipe } from './recipe.ts';

/** See `Engine.preflight`. Images are looked for on the engine first, then at their registry. */
export async function preflight(
  parts: PrepareParts,
  request: PrepareRequest,
  signal: AbortSignal,
): Promise<PreflightReport> {
  const { code } = request;
  // The image of a version is looked for when it is prepared, by its digest.
  if (code.kind === 'image') return { findings: [], rewritten: null };
  if (code.build.dockerfile === null) {
    return { findings: await generatedFindings(parts, code, request, signal), rewritten: null };
  }
  const { check, context, abilities } = await ownDockerfile(parts, code, request, signal);
  const { findings, rewritten, images } = check;
  const isBlocked = findings.some(({ blocks }) => blocks);
  const text = isBlocked ? (rewritten ?? context.dockerfile) : context.dockerfile;
  const recipe = ownRecipe(parts.snapshots, code, {
    ...{ context, text, images },
    builder: abilities.builder,
  });
  if (await isBuilt(parts.client, recipe, signal)) return { findings, rewritten };
  const missing = await imageFindings(parts.client, images, signal);
  return {
    findings: [...findings, ...missing],
    rewritten: missing.length > 0 ? null : rewritten,
  };
}

/** Told and no more: the pull that comes first says better what is wrong, and nothing is built before. */
async function generatedFindings(
  { client, snapshots }: PrepareParts,
  code: TreeCode,
  request: PrepareRequest,
  signal: AbortSignal,
): Promise<PreflightFinding[]> {
  const recipe = generatedRecipe(snapshots, code, request, 'buildkit');
  if (await isBuilt(client, recipe, signal)) return [];
  const images = recipe.bases.map((reference) => ({ reference, line: null }));
  const findings = await imageFindings(client, images, signal);
  return findings.map((each) => ({ ...each, blocks: false }));
}

/** An image that was built earlier needs its base images no more. */
async function isBuilt(
  client: DockerClient,
  { parts }: Recipe,
  signal: AbortSignal,
): Promise<boolean> {
  const key = imageKey(parts);
  return (await client.inspectImage(imageTag(key), signal))?.labels[LABELS.key] === key;
}

interface Wanted {
  reference: string;
  line: number | null;
}

async function imageFindings(
  client: DockerClient,
  images: readonly Wanted[],
  signal: AbortSignal,
): Promise<PreflightFinding[]> {
  const all = images.map(async ({ reference, line }) => {
    const why = await whyMissing(client, reference, signal);
    return why === null ? [] : [finding(reference, line, why)];
  });
  return (await Promise.all(all)).flat();
}

const finding = (image: string, line: number | null, why: string): PreflightFinding => ({
  rule: 'base-image',
  blocks: true,
  line,
  message: `The image ${image} is not on this engine, and ${why}.`,
  next:
    line === null
      ? `Set another base image (-B, or in the settings), or get this one with "docker pull ${image}".`
      : `Get it with "docker pull ${image}" or "docker load", or name another image in that line.`,
});
