import { OTHER_DASH, type LineLook } from './run-looks.ts';
import type { SeriesData } from './series-data.ts';

/** A series to be drawn, and how. */
export interface LineData {
  /** Of the run it is of; empty where there is one run. */
  run: string;
  series: SeriesData;
  look: LineLook;
}

/** A line of a card. */
export interface CardLine extends LineData {
  /** What tells it from the others of the card; empty for the only one. */
  label: string;
}

/** What is drawn in one chart. */
export interface Card {
  name: string;
  lines: CardLine[];
}

/** Series that say more beside each other: the card they share, and their part of it. */
const SHARED: Readonly<Record<string, [card: string, part: string]>> = {
  'usage/network in': ['usage/network', 'in'],
  'usage/network out': ['usage/network', 'out'],
  'usage/disk read': ['usage/disk', 'read'],
  'usage/disk written': ['usage/disk', 'written'],
};
const SECOND = new Set(['out', 'written']);

function cardLine({ run, series, look }: LineData): CardLine {
  const part = SHARED[series.name]?.[1] ?? '';
  const label = [run, part].filter(Boolean).join(', ');
  return { run, series, label, look: SECOND.has(part) ? { ...look, dash: OTHER_DASH } : look };
}

/** One card for each metric, its line for each run; pinned ones first, then by name. */
export function cardsOf(lines: Iterable<LineData>, pinned: ReadonlySet<string>): Card[] {
  const cards = new Map<string, CardLine[]>();
  for (const line of lines) {
    const name = SHARED[line.series.name]?.[0] ?? line.series.name;
    cards.set(name, [...(cards.get(name) ?? []), cardLine(line)]);
  }
  return [...cards]
    .map(([name, own]) => ({ name, lines: own }))
    .toSorted(
      (a, b) =>
        Number(pinned.has(b.name)) - Number(pinned.has(a.name)) ||
        a.name.localeCompare(b.name, 'en'),
    );
}
