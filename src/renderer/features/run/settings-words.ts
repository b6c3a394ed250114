import {
  DEFAULT_RUN_SETTINGS,
  type Mount,
  type Retry,
  type RunSettings,
} from '../../../shared/domain/launch-spec.ts';
import { plural } from '../../lib/format.ts';
import { writeSize, writeTime } from '../launch/settings/units.ts';

export interface Words {
  label: string;
  text: string;
}

const END_WORDS = { failed: 'it failed', crashed: 'its engine was lost' } as const;

const retryWords = ({ on, times, waitSeconds }: Retry): string =>
  `${plural(times, 'time')} when ${on.map((end) => END_WORDS[end]).join(' or ')}` +
  (waitSeconds > 0 ? `, after ${writeTime(waitSeconds)}` : '');

const mountWords = ({ source, target, readOnly }: Mount): string =>
  `${source} as ${target}${readOnly ? ', read only' : ''}`;

const lines = (texts: readonly string[]): string | null =>
  texts.length > 0 ? texts.join('\n') : null;

const either = <T>(value: T | null, words: (value: T) => string): string | null =>
  value === null ? null : words(value);

/** How each setting reads; null for one that was left as it is. */
const WORDS: readonly [string, (settings: RunSettings) => string | null][] = [
  ['CPUs', ({ cpus }) => either(cpus, String)],
  ['Memory', ({ memoryBytes }) => either(memoryBytes, writeSize)],
  ['Shared memory', ({ shmBytes }) => either(shmBytes, writeSize)],
  ['Processes', ({ pids }) => either(pids, (most) => `at most ${most}`)],
  ['GPUs', ({ gpus }) => either(gpus, String)],
  ['Time limit', ({ timeLimitSeconds }) => either(timeLimitSeconds, writeTime)],
  ['Network', ({ network }) => (network ? null : 'off')],
  ['Mounts', ({ mounts }) => lines(mounts.map(mountWords))],
  ['User', ({ user }) => user],
  ['Labels', ({ labels }) => lines(Object.entries(labels).map((pair) => pair.join('=')))],
  ['Tried again', ({ retry }) => either(retry, retryWords)],
  [
    'Identical run',
    ({ skipIdentical }) => (skipIdentical ? 'an earlier finished one is taken instead' : null),
  ],
  ['Outputs kept', ({ outputs }) => lines(outputs)],
  ['Metrics from lines', ({ metricPatterns }) => lines(metricPatterns)],
];

/** What was set of how a run is executed, in words; what was left as it is says nothing. */
export const settingsWords = (settings: RunSettings): Words[] =>
  WORDS.flatMap(([label, words]) => {
    const text = words({ ...DEFAULT_RUN_SETTINGS, ...settings });
    return text === null ? [] : [{ label, text }];
  });
