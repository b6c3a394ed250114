import type { JobVersion } from '../../shared/domain/job.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { baseImageFor } from '../build/base-choice.ts';

/** What a version would run in, in words. @throws AppError `E_SETTING` for a base image that is none */
export function environmentInWords(
  { source, build, environment }: JobVersion,
  engine: EngineKind | null,
  settings: Settings,
): string {
  if (source.kind === 'image') return source.reference;
  const from = environment.dependencies?.path;
  const installed = from === undefined ? 'no packages installed' : `the packages of ${from}`;
  if (engine === 'process') {
    const python = environment.python ? `Python ${environment.python.version}` : 'Python';
    return `a virtual environment with ${python} and ${installed}`;
  }
  if (build.dockerfile !== null) {
    const path = [build.context, build.dockerfile].filter(Boolean).join('/');
    return `an image built from ${path}${build.target === null ? '' : `, stage ${build.target}`}`;
  }
  const code = { kind: 'tree' as const, tree: source.tree, plan: environment, build };
  return `an image built on ${baseImageFor(code, settings)} with ${installed}`;
}
