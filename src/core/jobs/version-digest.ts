import { createHash } from 'node:crypto';
import { DEFAULT_BUILD, type Source } from '../../shared/domain/job.ts';
import type { NewVersion } from '../db/jobs-repo.ts';
import { parseImageReference } from '../build/image-reference.ts';
import { runtimeAsked } from './runtime.ts';

/**
 * The identity of a version, 64 hex digits: what it runs and how, not where it was found. A commit
 * counts, even when another has the same files: the version pins it.
 */
export function versionDigest(version: Omit<NewVersion, 'digest'>): string {
  const { source, entryPoint, environment, build, types, inputSchema } = version;
  const parts: unknown[] = [
    sourceIdentity(source),
    entryPoint,
    environment.dependencies,
    environment.requirements,
  ];
  // Only what differs from the plain case, so that a version keeps its digest when plans learn more.
  if (JSON.stringify(build) !== JSON.stringify(DEFAULT_BUILD)) parts.push(['build', build]);
  if (types) parts.push(['types', types]);
  if (inputSchema) parts.push(['inputs', inputSchema]);
  const runtime = runtimeAsked(environment);
  if (runtime !== undefined) parts.push(['runtime', runtime]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function sourceIdentity(source: Source): unknown {
  switch (source.kind) {
    case 'code':
      return source.tree;
    case 'git':
      return [source.remote, source.commit, source.tree];
    case 'image':
      return [parseImageReference(source.reference).name, source.digest];
  }
}
