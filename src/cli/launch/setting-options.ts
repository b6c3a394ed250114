import { resolve } from 'node:path';
import { type Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { Mount, Retry, RunSettings } from '../../shared/domain/launch-spec.ts';
import { collect } from './collect.ts';
import { parseBytes, parseCount, parsePair, parseSeconds } from './units.ts';

/** Options that say how a run is executed. */
export interface SettingOptions {
  cpus?: number;
  memory?: number;
  shmSize?: number;
  pids?: number;
  gpus?: RunSettings['gpus'];
  timeLimit?: number;
  /** Always there: true without `--no-network`. */
  network: boolean;
  mount?: Mount[];
  user?: string;
  label?: string[];
  output?: string[];
  metric?: string[];
  retry?: number;
  retryWait?: number;
  retryOn?: Retry['on'];
  skipIdentical?: boolean;
}

const count = (what: string, least?: number) => (text: string) => parseCount(text, what, least);

export function addSettingOptions(command: Command): Command {
  return command
    .optionsGroup('How it runs:')
    .option('--cpus <number>', 'CPUs it may use, such as 1.5', parseCpus)
    .option('--memory <size>', 'memory it may use, such as 512m or 4g', parseBytes)
    .option('--shm-size <size>', 'shared memory (/dev/shm)', parseBytes)
    .option('--pids <number>', 'processes it may have', count('processes'))
    .option('--gpus <number>', 'GPUs, or "all"', parseGpus)
    .option('--time-limit <duration>', 'stop it after 90s, 30m, 1h30m', parseSeconds)
    .option('--no-network', 'let it reach nothing but itself')
    .option('--mount <folder:path[:rw]>', 'a folder that is allowed, see "mount"', parseMount)
    .option('--user <user>', 'user in the container: 1000, 1000:1000 or a name')
    .option('--label <name=value>', 'label of the container', collect)
    .option('--output <path>', 'file or folder to keep when it ends', collect)
    .option('--metric <pattern>', 'printed lines with metrics: "loss: {loss}"', collect)
    .option('--retry <times>', 'try again when it does not finish', count('tries'))
    .option('--retry-wait <duration>', 'wait before each try', parseSeconds)
    .option('--retry-on <ends>', 'failed, crashed, or both (default)', parseEnds)
    .option('--skip-identical', 'take an earlier finished run of the same inputs instead');
}

/** The settings that were asked for, and no others. @throws AppError `E_ARGS` */
export function settingsOf(options: SettingOptions): Partial<RunSettings> {
  const { cpus, memory, shmSize, pids, gpus, timeLimit, user } = options;
  const { network, mount, label, output, metric, skipIdentical } = options;
  const retry = retryOf(options);
  const asked = {
    ...{ cpus, pids, gpus, user, skipIdentical, retry },
    memoryBytes: memory,
    shmBytes: shmSize,
    timeLimitSeconds: timeLimit,
    network: network ? undefined : false,
    mounts: mount,
    labels: label && Object.fromEntries(label.map((text) => parsePair(text, '--label'))),
    outputs: output,
    metricPatterns: metric,
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

function retryOf({ retry, retryWait, retryOn }: SettingOptions): Retry | undefined {
  if (retry !== undefined) {
    return { times: retry, waitSeconds: retryWait ?? 0, on: retryOn ?? ['failed', 'crashed'] };
  }
  if (retryWait === undefined && retryOn === undefined) return undefined;
  throw new AppError('E_ARGS', 'It is not said how often to try again.', {
    next: 'Add --retry with the number of tries.',
  });
}

function parseCpus(text: string): number {
  const cpus = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : 0;
  if (cpus > 0) return cpus;
  throw new AppError('E_RESOURCES', `"${text}" is not a number of CPUs.`, {
    next: 'Give a number above 0, such as 1.5.',
  });
}

const parseGpus = (text: string): 'all' | number =>
  text === 'all' ? text : parseCount(text, 'GPUs', 0);

function parseEnds(text: string): Retry['on'] {
  const words = text.split(',').map((word) => word.trim());
  const ends = words.filter((word) => word === 'failed' || word === 'crashed');
  if (ends.length === words.length) return [...new Set(ends)];
  throw new AppError('E_ARGS', `"${text}" is not a list of ends to try again after.`, {
    next: 'Give failed, crashed, or failed,crashed.',
  });
}

/** One more `folder:path[:ro|rw]`; relative folders are from where the command is given. */
function parseMount(text: string, before: Mount[] = []): Mount[] {
  const [, source, target, mode] = /^(.+?):(\/[^:]*)(?::(ro|rw))?$/.exec(text) ?? [];
  if (source === undefined || target === undefined) {
    throw new AppError('E_MOUNT', `"${text}" does not say what to mount where.`, {
      next: 'Write it as /folder/here:/path/in/the/container, with :rw when the run may write to it.',
    });
  }
  return [...before, { source: resolve(source), target, readOnly: mode !== 'rw' }];
}
