import type { LaunchProblem, RunSettings } from '../../../shared/domain/launch-spec.ts';
import { settingProblem } from '../run-problems.ts';

/** What the settings ask for that only a container has, in words. */
const ASKS: readonly [keyof RunSettings, string, (run: RunSettings) => boolean][] = [
  ['cpus', 'A limit of processor cores', (run) => run.cpus !== null],
  ['memoryBytes', 'A limit of memory', (run) => run.memoryBytes !== null],
  ['shmBytes', 'A size of shared memory', (run) => run.shmBytes !== null],
  // Without a container a program has all the GPUs there are.
  ['gpus', 'A number of GPUs', (run) => run.gpus !== null && run.gpus !== 'all'],
  ['network', 'A run without network', (run) => !run.network],
  ['mounts', 'A mounted folder', (run) => run.mounts.length > 0],
  ['user', 'Another user', (run) => run.user !== null],
];

/**
 * What a process cannot be given. Two settings mean nothing to it and stop nothing: labels, since
 * there is no container to carry them, and the number of processes, which the system limits for a whole
 * user and not for one program.
 */
export function checkRun(run: RunSettings): LaunchProblem[] {
  return ASKS.filter(([, , isAsked]) => isAsked(run)).map(([field, what]) =>
    settingProblem(
      'E_RESOURCES',
      field,
      `${what} needs Docker: without a container, a program has what the computer has.`,
      'Launch with Docker, or leave this setting out.',
    ),
  );
}
