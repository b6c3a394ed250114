import { safeName } from '../../../shared/domain/names.ts';

const SCRIPT = /\.(?:py|sh|bash|js|jl|r)$/i;

/** The script of an entry point as it is typed: `models` of `python -m models`, else the first file. */
function scriptOf(entryPoint: string): string {
  const words = entryPoint.trim().split(/\s+/);
  const module = words[words.indexOf('-m') + 1];
  if (words.includes('-m') && module) return module;
  return (words.find((word) => SCRIPT.test(word)) ?? words[0] ?? '').replace(/^\.\//, '');
}

/**
 * The name that a job from a repository gets when none is given, for showing before it is made. Main
 * makes it in the same way (`core/jobs/job-names.ts`), from the entry point's real words.
 */
export const gitName = (remote: string, entryPoint: string): string =>
  safeName(`job-${[remote, scriptOf(entryPoint)].filter(Boolean).join('_')}`);

/** The same for an image: without tag and digest. */
export function imageName(reference: string): string {
  const [name = ''] = reference.trim().split('@');
  return safeName(`job-${name.replace(/:[^/:]*$/, '')}`);
}
