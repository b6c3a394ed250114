import type { LaunchSpec } from '../../../../shared/domain/launch-spec.ts';
import { durationText, memoryText } from '../../../../shared/units.ts';
import { plural } from '../../../lib/format.ts';
import { ENGINE_NAMES } from '../../../stores/engines.ts';
import type { LaunchDraft } from '../launch-draft.ts';

const some = (count: number, one: string): string | null => (count > 0 ? plural(count, one) : null);

/** What differs from a plain run, a few words each. */
export function settingsSummary(
  { env, secrets, args, config, files, settings }: LaunchSpec,
  { engine, name }: LaunchDraft,
  entryChanged: boolean,
): string[] {
  const { cpus, memoryBytes, shmBytes, pids, gpus, timeLimitSeconds } = settings;
  const words = [
    entryChanged && 'own entry point',
    some(args.length, 'argument'),
    engine && `on ${ENGINE_NAMES[engine]}`,
    name.trim() && `named ${name.trim()}`,
    cpus !== null && plural(cpus, 'CPU'),
    memoryBytes !== null && `${memoryText(memoryBytes)} memory`,
    shmBytes !== null && `${memoryText(shmBytes)} shared`,
    pids !== null && plural(pids, 'process', 'processes'),
    gpus !== null && (gpus === 'all' ? 'all GPUs' : plural(gpus, 'GPU')),
    timeLimitSeconds !== null && `at most ${durationText(timeLimitSeconds)}`,
    !settings.network && 'no network',
    some(settings.mounts.length, 'mount'),
    settings.user !== null && `as ${settings.user}`,
    some(Object.keys(env).length, 'variable'),
    some(secrets.length, 'secret'),
    some(Object.keys(config).length, 'config key'),
    some(Object.keys(files).length, 'changed file'),
    some(settings.outputs.length, 'output'),
    some(settings.metricPatterns.length, 'metric pattern'),
    settings.retry && `up to ${plural(settings.retry.times, 'retry', 'retries')}`,
    settings.skipIdentical && 'skips identical',
    some(Object.keys(settings.labels).length, 'label'),
  ];
  return words.flatMap((word) => word || []);
}
