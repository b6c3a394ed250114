import { fileSize } from '../../../shared/units.ts';
import { formatCount } from '../../lib/format.ts';
import { formatValue } from './scale.ts';
import type { SeriesData } from './series-data.ts';

export interface Group {
  id: 'code' | 'usage' | 'system';
  title: string;
  series: SeriesData[];
  /** A place on the axis, in words. */
  stepText: (step: number) => string;
}

const USAGE = 'usage/';
const SYSTEM = 'system/';

const groupOf = (name: string): Group['id'] =>
  name.startsWith(USAGE) ? 'usage' : name.startsWith(SYSTEM) ? 'system' : 'code';

const TITLES: Record<Group['id'], string> = {
  code: 'Logged by the code',
  usage: 'Used by the run',
  system: 'System, as the SDK measured it',
};

const STEP_TEXT: Record<Group['id'], (step: number) => string> = {
  code: (step) => `step ${formatCount(step)}`,
  usage: (step) => `${formatCount(Math.round(step))} s`,
  system: (step) => `sample ${formatCount(step)}`,
};

/** The code's own first, then what the run used, then what the SDK saw of the machine; none is empty. */
export function groupsOf(series: Iterable<SeriesData>): Group[] {
  const groups: Record<Group['id'], SeriesData[]> = { code: [], usage: [], system: [] };
  for (const one of series) groups[groupOf(one.name)].push(one);
  return (['code', 'usage', 'system'] as const)
    .filter((id) => groups[id].length > 0)
    .map((id) => ({
      id,
      title: TITLES[id],
      stepText: STEP_TEXT[id],
      series: groups[id].toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    }));
}

const BYTES = new Set(['memory', 'network in', 'network out', 'disk read', 'disk written']);

interface Words {
  title: string;
  text: (value: number) => string;
  /** Whether its axis starts at zero. */
  fromZero: boolean;
}

/** How the name and the values of a series are shown. */
export function wordsOf(name: string): Words {
  if (!name.startsWith(USAGE)) return { title: name, text: formatValue, fromZero: false };
  const what = name.slice(USAGE.length);
  if (what === 'cpu') return { title: 'CPU', text: percent, fromZero: true };
  const title = what.charAt(0).toUpperCase() + what.slice(1);
  return { title, text: BYTES.has(what) ? fileSize : formatValue, fromZero: true };
}

const percent = (value: number): string => `${value.toFixed(1)} %`;
