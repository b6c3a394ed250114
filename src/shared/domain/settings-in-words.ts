import { durationText, memoryText } from '../units.ts';
import { DEFAULT_RUN_SETTINGS, type Mount, type Retry, type RunSettings } from './launch-spec.ts';

/** One setting as a person reads it. The text has a line for each mount, label, output and pattern. */
export interface SettingInWords {
  label: string;
  text: string;
}

interface Row {
  label: string;
  /** Null for what was left as it is. */
  text: string | null;
  /** What a plan says of it then; without it, nothing. */
  otherwise?: string;
}

const only = <T>(value: T | null, text: (value: T) => string): string | null =>
  value === null ? null : text(value);

const lines = (texts: readonly string[]): string | null =>
  texts.length === 0 ? null : texts.join('\n');

const ENDS = { failed: 'it failed', crashed: 'its engine was lost' } as const;

const retryText = ({ on, times, waitSeconds }: Retry): string => {
  const wait = waitSeconds > 0 ? `, ${durationText(waitSeconds)} after each` : '';
  const ends = on.map((end) => ENDS[end]).join(' or ');
  return `when ${ends}, up to ${times} ${times === 1 ? 'time' : 'times'}${wait}`;
};

const mountText = ({ source, target, readOnly }: Mount): string =>
  `${source} at ${target}${readOnly ? ', read only' : ''}`;

/** In the order to show them. A new setting of a run is told here, for the plan, the run and the terminal. */
const rows = (settings: RunSettings): Row[] => [
  { label: 'CPUs', text: only(settings.cpus, String), otherwise: 'all' },
  { label: 'Memory', text: only(settings.memoryBytes, memoryText), otherwise: 'no limit' },
  { label: 'Shared memory', text: only(settings.shmBytes, memoryText) },
  { label: 'Processes', text: only(settings.pids, (count) => `${count} at most`) },
  { label: 'GPUs', text: only(settings.gpus, String) },
  {
    label: 'Network',
    text: settings.network ? null : 'off: the program reaches nothing but itself',
    otherwise: 'on',
  },
  { label: 'Mounts', text: lines(settings.mounts.map(mountText)) },
  { label: 'User', text: settings.user },
  { label: 'Time limit', text: only(settings.timeLimitSeconds, durationText) },
  { label: 'Retry', text: only(settings.retry, retryText) },
  {
    label: 'Identical run',
    text: settings.skipIdentical ? 'a finished one is taken instead of starting' : null,
  },
  { label: 'Outputs', text: lines(settings.outputs) },
  { label: 'Metrics in lines', text: lines(settings.metricPatterns) },
  { label: 'Labels', text: lines(Object.entries(settings.labels).map((pair) => pair.join('='))) },
];

const withText = (found: readonly Row[]): SettingInWords[] =>
  found.flatMap(({ label, text }) => (text === null ? [] : [{ label, text }]));

/** What was set of how a run is executed; what was left as it is says nothing. */
export const settingsInWords = (settings: RunSettings): SettingInWords[] =>
  withText(rows({ ...DEFAULT_RUN_SETTINGS, ...settings }));

/** The same for a plan, which also says what a run may use where nothing was set. */
export const plannedSettingsInWords = (settings: RunSettings): SettingInWords[] =>
  withText(rows(settings).map((row) => ({ ...row, text: row.text ?? row.otherwise ?? null })));
