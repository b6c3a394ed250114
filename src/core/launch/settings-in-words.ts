import type { LaunchPlan, Mount, Retry, RunSettings } from '../../shared/domain/launch-spec.ts';
import { durationText, sizeText } from './sizes.ts';

type Line = LaunchPlan['settings'][number];

/** What a run is limited to and given, in the order to show it. What is left to the engine is said too. */
export function settingsInWords(settings: RunSettings): Line[] {
  const { cpus, memoryBytes, shmBytes, pids, gpus, network, user, mounts } = settings;
  return [
    { label: 'Processors', text: cpus === null ? 'all' : String(cpus) },
    { label: 'Memory', text: memoryBytes === null ? 'no limit' : sizeText(memoryBytes) },
    ...only('Shared memory', shmBytes, sizeText),
    ...only('Processes', pids, (count) => `${count} at most`),
    ...only('GPUs', gpus, (count) => (count === 'all' ? 'all' : String(count))),
    { label: 'Network', text: network ? 'on' : 'off: the program reaches nothing but itself' },
    ...mounts.map((mount) => ({ label: 'Mount', text: mountText(mount) })),
    ...only('User', user, String),
    ...whenItEnds(settings),
  ];
}

function whenItEnds(settings: RunSettings): Line[] {
  const { timeLimitSeconds, retry, skipIdentical, outputs, metricPatterns, labels } = settings;
  return [
    ...only('Time limit', timeLimitSeconds, durationText),
    ...only('Retry', retry, retryText),
    ...(skipIdentical
      ? [{ label: 'Identical run', text: 'a finished one is taken instead of starting' }]
      : []),
    ...list('Outputs', outputs),
    ...list('Metrics in lines', metricPatterns),
    ...list(
      'Labels',
      Object.entries(labels).map(([name, value]) => `${name}=${value}`),
    ),
  ];
}

const only = <T>(label: string, value: T | null, text: (value: T) => string): Line[] =>
  value === null ? [] : [{ label, text: text(value) }];

const list = (label: string, texts: readonly string[]): Line[] =>
  texts.length === 0 ? [] : [{ label, text: texts.join(', ') }];

const mountText = ({ source, target, readOnly }: Mount): string =>
  `${source} at ${target}${readOnly ? ', read only' : ''}`;

const retryText = ({ on, times, waitSeconds }: Retry): string => {
  const wait = waitSeconds > 0 ? `, ${durationText(waitSeconds)} after each` : '';
  return `when it ${on.join(' or ')}, up to ${times} ${times === 1 ? 'time' : 'times'}${wait}`;
};
