import { safeName } from '../../shared/domain/names.ts';
import { parseImageReference } from '../build/image-reference.ts';
import { scriptOf } from '../detect/runners.ts';

/**
 * Names of jobs that were given none, as W&B makes them (`sdk/internal/job_builder.py`): `job-`, where
 * the code comes from, the script. Where W&B takes any word of the entry point, this takes the script.
 */
export const gitJobName = (remote: string, entryPoint: readonly string[]): string =>
  safeName(`job-${[remote, scriptName(entryPoint)].filter(Boolean).join('_')}`);

/** `--uri . -E "python main.py"` gives `job-main.py`. */
export function folderJobName(uri: string, entryPoint: readonly string[]): string {
  const path = uri.replace(/^(?:\.\.?(?:\/|$))+|^\/+/, '').replace(/\/+$/, '');
  const name = [path, scriptName(entryPoint)].filter(Boolean).join('_');
  return safeName(`job-${name || 'code'}`);
}

/** Without tag and digest: they are aliases of a version. */
export const imageJobName = (reference: string): string =>
  safeName(`job-${parseImageReference(reference, 'image').name}`);

/** A code artifact `source-project-script` gives the job `job-source-project-script`. */
export const artifactJobName = (artifact: string): string =>
  safeName(`job-${artifact.replace(/^code-/, '')}`);

function scriptName(entryPoint: readonly string[]): string {
  const script = scriptOf(entryPoint);
  const name = script?.kind === 'module' ? script.name : script?.path;
  return (name ?? entryPoint[0] ?? '').replace(/^\.\//, '');
}
