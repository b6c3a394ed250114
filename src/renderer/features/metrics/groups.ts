import { fileSize } from '../../../shared/units.ts';
import { formatCount, formatDuration } from '../../lib/format.ts';
import type { Card } from './cards.ts';
import { formatValue } from './scale.ts';

/** What the charts go over. */
export type AxisKind = 'step' | 'time';

export interface Group {
  id: 'code' | 'usage' | 'system';
  title: string;
  cards: Card[];
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

const timeText = (seconds: number): string => `after ${formatDuration(seconds * 1000)}`;

/** The code's own first, then what the run used, then what the SDK saw of the machine; none is empty. */
export function groupsOf(cards: readonly Card[], axis: AxisKind): Group[] {
  const groups: Record<Group['id'], Card[]> = { code: [], usage: [], system: [] };
  for (const card of cards) groups[groupOf(card.name)].push(card);
  return (['code', 'usage', 'system'] as const)
    .filter((id) => groups[id].length > 0)
    .map((id) => ({
      id,
      title: TITLES[id],
      stepText: axis === 'time' ? timeText : STEP_TEXT[id],
      cards: groups[id],
    }));
}

const BYTES = new Set(['memory', 'network', 'disk']);

interface Words {
  title: string;
  text: (value: number) => string;
  /** Whether its axis starts at zero. */
  fromZero: boolean;
}

/** How the name and the values of a card are shown. */
export function wordsOf(name: string): Words {
  if (!name.startsWith(USAGE)) return { title: name, text: formatValue, fromZero: false };
  const what = name.slice(USAGE.length);
  if (what === 'cpu') return { title: 'CPU', text: percent, fromZero: true };
  const title = what.charAt(0).toUpperCase() + what.slice(1);
  return { title, text: BYTES.has(what) ? fileSize : formatValue, fromZero: true };
}

const percent = (value: number): string => `${value.toFixed(1)} %`;
