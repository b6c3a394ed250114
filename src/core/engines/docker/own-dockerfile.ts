import type { BuilderAbilities } from '../../build/check-types.ts';
import { checkDockerfile, type DockerfileCheck } from '../../build/check-dockerfile.ts';
import { findingText, preflightRefusal } from '../../build/preflight-refusal.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BuildContext, Snapshots } from '../../snapshots/snapshots.ts';
import type { PrepareRequest, TreeCode } from '../engine.ts';
import { builderAbilities } from './builder-abilities.ts';
import type { BuildInput } from './build-image.ts';
import type { DockerClient } from './client.ts';

export interface OwnDockerfile {
  context: BuildContext;
  abilities: BuilderAbilities;
  check: DockerfileCheck;
}

interface Parts {
  client: DockerClient;
  snapshots: Pick<Snapshots, 'buildContext'>;
  builder?: BuildInput['builder'] | undefined;
}

/** Reads the Dockerfile of a job, and what stands between it and this engine. */
export async function ownDockerfile(
  parts: Parts,
  { tree, build }: TreeCode,
  { settings }: Pick<PrepareRequest, 'settings'>,
  signal: AbortSignal,
): Promise<OwnDockerfile> {
  const place = { context: build.context, dockerfile: build.dockerfile ?? 'Dockerfile' };
  const context = await parts.snapshots.buildContext(tree, place, signal);
  const abilities = await builderAbilities(
    parts,
    context.dockerfile,
    settings.dockerNetwork,
    signal,
  );
  return { context, abilities, check: checkDockerfile(context.dockerfile, build, abilities) };
}

/**
 * The text to build: the Dockerfile as it is, or its rewrite where that is needed and allowed.
 * @throws AppError `E_BUILD` for a file that no builder takes, `E_PREFLIGHT`, `E_UNBUILDABLE`
 */
export function textToBuild(
  { context, check }: OwnDockerfile,
  { rewrite }: Pick<PrepareRequest, 'rewrite'>,
): string {
  const blocking = check.findings.filter(({ blocks }) => blocks);
  if (blocking.length === 0) return context.dockerfile;
  const invalid = blocking.find(({ rule }) => rule === 'invalid');
  if (invalid) {
    const message = `Building the image failed at line ${invalid.line} of the Dockerfile: ${invalid.message}`;
    throw new AppError('E_BUILD', message, {
      next: invalid.next,
      detail: check.findings.map(findingText).join('\n'),
    });
  }
  if (rewrite && check.rewritten !== null) return check.rewritten;
  throw preflightRefusal(check.findings, check.rewritten !== null);
}
