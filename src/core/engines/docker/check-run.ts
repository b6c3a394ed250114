import { stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { LaunchProblem, Mount, RunSettings } from '../../../shared/domain/launch-spec.ts';
import { settingProblem } from '../run-problems.ts';
import { memoryText } from '../../../shared/units.ts';
import type { DockerClient } from './client.ts';
import { OWN_LABELS } from './container-spec.ts';
import { NO_GPUS } from './engine-errors.ts';
import { RUN_FOLDER } from './in-container.ts';
import type { MachineFacts } from './machine-facts.ts';

/** The engine takes no less. */
const LEAST_MEMORY = 6 * 1024 ** 2;
const LEAST_CPUS = 0.01;

/** Folders of a container that nothing may be put in place of; `/var/run` is a link to `/run`. */
const KEPT_WHOLE = ['/', '/run', '/var/run', '/var'];
const KEPT = [RUN_FOLDER, `/var${RUN_FOLDER}`, '/proc', '/sys', '/dev'];

/** See `Engine.checkRun`. */
export async function checkRun(
  client: DockerClient,
  run: RunSettings,
  signal: AbortSignal,
): Promise<LaunchProblem[]> {
  const asksForMuch = run.cpus !== null || run.memoryBytes !== null || run.gpus !== null;
  const missing = (await client.isLocal(signal)) ? await missingSources(run.mounts) : [];
  return [
    ...(asksForMuch ? machineProblems(run, await client.machine(signal)) : []),
    ...mountProblems(run.mounts),
    ...missing,
    ...labelProblems(run),
  ];
}

/** What the machine of the engine does not have. */
export function machineProblems(run: RunSettings, machine: MachineFacts): LaunchProblem[] {
  return [
    ...limitProblems(run, machine),
    ...cpuProblems(run.cpus, machine.cores),
    ...memoryProblems(run.memoryBytes, machine.memoryBytes),
    ...gpuProblems(run.gpus, machine.gpus),
  ];
}

const resource = (field: string, message: string, next: string): LaunchProblem =>
  settingProblem('E_RESOURCES', field, message, next);

function limitProblems(run: RunSettings, machine: MachineFacts): LaunchProblem[] {
  const unkept = (field: string, what: string): LaunchProblem =>
    resource(
      field,
      `This Docker engine cannot limit ${what}.`,
      'Set no limit, or give the engine the rights to (cgroup delegation, for one without root).',
    );
  return [
    ...(run.cpus !== null && !machine.limitsCpus ? [unkept('cpus', 'processor cores')] : []),
    ...(run.memoryBytes !== null && !machine.limitsMemory ? [unkept('memoryBytes', 'memory')] : []),
  ];
}

function cpuProblems(cpus: number | null, cores: number | null): LaunchProblem[] {
  if (cpus === null || (cpus >= LEAST_CPUS && cpus <= (cores ?? Infinity))) return [];
  const message =
    cpus < LEAST_CPUS
      ? `A run needs at least ${LEAST_CPUS} of a processor core.`
      : `It can never fit: it asks for ${cpus} processor cores, and the machine of the engine has ${cores}.`;
  return [resource('cpus', message, 'Ask for fewer cores, or set no limit.')];
}

function memoryProblems(bytes: number | null, there: number | null): LaunchProblem[] {
  if (bytes === null || (bytes >= LEAST_MEMORY && bytes <= (there ?? Infinity))) return [];
  const message =
    bytes < LEAST_MEMORY
      ? `A container needs at least ${memoryText(LEAST_MEMORY)} of memory.`
      : `It can never fit: it asks for ${memoryText(bytes)} of memory, and the machine of the engine has ${memoryText(there ?? 0)}.`;
  return [resource('memoryBytes', message, 'Set another limit, or none.')];
}

function gpuProblems(gpus: RunSettings['gpus'], there: boolean): LaunchProblem[] {
  if (gpus === null || there) return [];
  return [resource('gpus', NO_GPUS.message, NO_GPUS.next)];
}

/** Mounts that a container cannot have, wherever the engine is. */
export function mountProblems(mounts: Mount[]): LaunchProblem[] {
  return mounts.flatMap(({ source, target }, index) => {
    if (!posix.isAbsolute(source) && !win32.isAbsolute(source)) {
      const message = `"${source}" cannot be mounted: it is no absolute path.`;
      return [settingProblem('E_MOUNT', `mounts[${index}].source`, message, 'Name it in full.')];
    }
    const why = whyNotTarget(target) ?? doubled(mounts, index);
    if (why === null) return [];
    const message = `Nothing can be mounted at "${target}": ${why}.`;
    return [
      settingProblem('E_MOUNT', `mounts[${index}].target`, message, 'Choose another folder.'),
    ];
  });
}

function whyNotTarget(target: string): string | null {
  if (!target.startsWith('/') || target.includes('\0')) return 'it is no absolute path';
  const path = plain(target);
  const kept =
    KEPT_WHOLE.includes(path) || KEPT.some((folder) => path === folder || isBelow(path, folder));
  return kept ? 'the container needs what is there' : null;
}

function doubled(mounts: Mount[], index: number): string | null {
  const path = plain(mounts[index]!.target);
  const before = mounts.slice(0, index).some(({ target }) => plain(target) === path);
  return before ? 'something else is mounted there' : null;
}

/** The path as the engine takes it: without `..`, doubled slashes and one at the end. */
export const plain = (path: string): string => posix.normalize(path).replace(/(?<=.)\/$/, '');

/** Whether a path of a container, or what it leads to, is within a folder. */
export const isBelow = (path: string, folder: string): boolean =>
  path.startsWith(`${folder === '/' ? '' : folder}/`);

async function missingSources(mounts: Mount[]): Promise<LaunchProblem[]> {
  const found = await Promise.all(mounts.map(({ source }) => stat(source).catch(() => null)));
  return mounts.flatMap(({ source }, index) => {
    if (found[index]) return [];
    const message = `There is no "${source}" on this machine to mount.`;
    return [
      settingProblem(
        'E_MOUNT',
        `mounts[${index}].source`,
        message,
        'Choose a folder that is there.',
      ),
    ];
  });
}

function labelProblems({ labels }: RunSettings): LaunchProblem[] {
  return Object.keys(labels)
    .filter((name) => name === '' || name.startsWith(OWN_LABELS))
    .map((name) =>
      settingProblem(
        'E_SETTING',
        `labels.${name}`,
        name === ''
          ? 'A label needs a name.'
          : `Labels that begin with ${OWN_LABELS} are set by Slipway itself.`,
        'Give the label another name.',
      ),
    );
}
