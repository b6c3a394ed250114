import type { JobVersion } from '../../shared/domain/job.ts';
import type { PrepareRequest } from '../engines/engine.ts';

/** What of a version an engine prepares. */
export function codeOf(version: JobVersion): PrepareRequest['code'] {
  const { source, environment, build } = version;
  if (source.kind === 'image') return { kind: 'image', source };
  return { kind: 'tree', tree: source.tree, plan: environment, build };
}
