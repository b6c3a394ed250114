import type { Json } from '../../../shared/domain/json.ts';
import type { RunComparison } from '../../../shared/domain/run-comparison.ts';
import { formatValue } from '../metrics/scale.ts';
import { SECTION_TITLES, type Section } from './sections.ts';

export type ComparedRow = RunComparison['rows'][number];

/** A line of the table: the head of a section, or a value of all runs. */
export type Line =
  | { kind: 'section'; section: Section; title: string; count: number }
  | { kind: 'row'; row: ComparedRow };

const SECTIONS = Object.keys(SECTION_TITLES) as Section[];

/** The lines to show: sections in their order, without those that have nothing to show. */
export function linesOf(
  rows: readonly ComparedRow[],
  { onlyDifferent, filter }: { onlyDifferent: boolean; filter: string },
): Line[] {
  const words = filter.trim().toLowerCase();
  const shown = rows.filter(
    ({ differs, name }) =>
      (differs || !onlyDifferent) && (words === '' || name.toLowerCase().includes(words)),
  );
  const bySection = Map.groupBy(shown, ({ section }) => section);
  return SECTIONS.flatMap((section): Line[] => {
    const own = bySection.get(section) ?? [];
    if (own.length === 0) return [];
    const head = { section, title: SECTION_TITLES[section], count: own.length };
    return [{ kind: 'section', ...head }, ...own.map((row): Line => ({ kind: 'row', row }))];
  });
}

/** A value in one line; nothing for what a run does not have. */
export function cellText(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'number') return formatValue(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a run's value is another than that of the first run. */
export const differsFromBase = ({ values }: ComparedRow, at: number): boolean =>
  at > 0 && JSON.stringify(values[at]) !== JSON.stringify(values[0]);

const LESS_IS_BETTER =
  /loss|error|\berr\b|perplexity|\bppl\b|rmse|\bmse\b|\bmae\b|\bwer\b|\bfid\b/i;
const MORE_IS_BETTER =
  /acc|\bf1\b|auc|precision|recall|score|bleu|rouge|reward|\biou\b|\bmap\b|\br2\b/i;

/** Words of a name, so that `val_acc` and `valAcc` are two. */
const spaced = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[^A-Za-z0-9]+/g, ' ');

/**
 * Which runs have the best value of a result: for names that say whether more or less is better. None
 * where all are the same, or fewer than two runs have a number.
 */
export function bestOf({ section, name, values }: ComparedRow): number[] {
  if (section !== 'results') return [];
  const less = LESS_IS_BETTER.test(spaced(name));
  if (less === MORE_IS_BETTER.test(spaced(name))) return [];
  const numbers = values.filter((value) => typeof value === 'number');
  const best = less ? Math.min(...numbers) : Math.max(...numbers);
  const found = values.flatMap((value, at) => (value === best ? [at] : []));
  return numbers.length < 2 || found.length === numbers.length ? [] : found;
}

/** A cell as spreadsheets take it: what would end it is a space. */
const tsvCell = (text: string): string => text.replaceAll(/[\t\r\n]+/g, ' ');

const exactText = (value: Json): string =>
  typeof value === 'number' ? String(value) : cellText(value);

/** The lines as a table of tab-separated values, numbers in full. */
export function tableText(names: readonly string[], lines: readonly Line[]): string {
  const rows = lines.flatMap((line) =>
    line.kind === 'row'
      ? [[SECTION_TITLES[line.row.section], line.row.name, ...line.row.values.map(exactText)]]
      : [],
  );
  return [['Section', 'Name', ...names], ...rows]
    .map((cells) => cells.map(tsvCell).join('\t'))
    .join('\n');
}
