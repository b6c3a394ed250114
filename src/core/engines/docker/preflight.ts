import { baseImageFor } from '../../build/base-choice.ts';
import { pipConfig } from '../../build/package-index.ts';
import type { NeededImage } from '../../build/dockerfile-stages.ts';
import type { PreflightFinding, PreflightReport, PrepareRequest } from '../engine.ts';
import { whyMissing } from './builder-abilities.ts';
import type { DockerClient } from './client.ts';
import { ownDockerfile } from './own-dockerfile.ts';
import type { PrepareParts } from './prepare.ts';

/** See `Engine.preflight`. Images are looked for on the engine first, then at their registry. */
export async function preflight(
  parts: PrepareParts,
  request: PrepareRequest,
  signal: AbortSignal,
): Promise<PreflightReport> {
  const { code, settings } = request;
  // The image of a version is looked for when it is prepared, by its digest.
  if (code.kind === 'image') return { findings: [], rewritten: null };
  if (code.build.dockerfile === null) {
    pipConfig(settings.packageIndex);
    const base = { reference: baseImageFor(code, settings), line: null, platform: null };
    return { findings: await imageFindings(parts.client, [base], signal), rewritten: null };
  }
  const { check } = await ownDockerfile(parts, code, request, signal);
  const missing = await imageFindings(parts.client, check.images, signal);
  return {
    findings: [...check.findings, ...missing],
    rewritten: missing.length > 0 ? null : check.rewritten,
  };
}

type Wanted = Omit<NeededImage, 'line'> & { line: number | null };

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
