import { CATALOGUE, type CatalogueRow } from './catalogue.ts';
import type { KeptResult } from './kept.ts';
import type { FaultSeen, Figure } from './result.ts';

/** What came of a run of the harness. */
export interface Report {
  quick: boolean;
  /** Whether no scenario was left out. */
  whole: boolean;
  seed: number;
  figures: Figure[];
  faults: FaultSeen[];
  problems: string[];
  /** Scenarios that were not done, and why. */
  notDone: string[];
}

type Row = readonly string[];

const mark = (ok: boolean): string => (ok ? 'ok' : 'FAILED');

/** Text in a cell: on one line, and not too long to read. */
const cell = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
};

function table(head: Row, rows: readonly Row[]): string {
  const cells = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, i) => Math.max(3, ...cells.map((row) => row[i]!.length)));
  const line = (row: Row): string =>
    `| ${row.map((text, i) => text.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join('\n');
}

const figuresTable = (figures: readonly Figure[]): string =>
  table(
    ['figure', 'goal', 'seen', ''],
    figures.map(({ name, goal, seen, ok }) => [name, goal, seen, mark(ok)]),
  );

/** A row for each fault of the catalogue; several where it was injected in several ways. */
function faultRows(fault: CatalogueRow, faults: readonly FaultSeen[]): Row[] {
  const { id, fault: name, promise, test } = fault;
  const own = faults.filter((seen) => seen.id === id);
  const other = test ? `by \`${test}\`` : '';
  if (own.length === 0 && other === '') return [];
  if (own.length === 0) return [[id, name, other, promise, '', '']];
  return own.map(({ how, seen, ok }) => [id, name, how, promise, seen, mark(ok)]);
}

/** Of a part of the scenarios, only what those injected. */
const faultsTable = (faults: readonly FaultSeen[], isWhole: boolean): string =>
  table(
    ['', 'fault', 'injected', 'promised', 'seen', ''],
    CATALOGUE.filter(({ id }) => isWhole || faults.some((seen) => seen.id === id)).flatMap((row) =>
      faultRows(row, faults),
    ),
  );

const list = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : ['', `${title}:`, '', ...items.map((text) => `- ${cell(text)}`)];

/** The whole report as Markdown, which reads well in a terminal too. */
export function reportText({
  quick,
  whole,
  seed,
  figures,
  faults,
  problems,
  notDone,
}: Report): string {
  const count = quick ? 'small counts, to see that it works' : 'full counts';
  return [
    `Seed ${seed}, ${count}.`,
    '',
    ...(figures.length > 0 ? [figuresTable(figures), ''] : []),
    faultsTable(faults, whole),
    ...list('What was wrong', problems),
    ...list('Not done', notDone),
  ].join('\n');
}

/** What was seen the last time that each scenario was done with its full count. */
export function keptText(kept: readonly KeptResult[], names: readonly string[]): string {
  const done = names.flatMap((name) => kept.filter(({ scenario }) => scenario === name));
  const rows = done.flatMap(({ figures, date, seconds }) =>
    figures.map(({ name, goal, seen, ok }) => [
      name,
      goal,
      seen,
      `${date}, ${seconds} s`,
      mark(ok),
    ]),
  );
  const problems = done.flatMap((one) => one.problems.map((text) => `${one.scenario}: ${text}`));
  const missing = names.filter((name) => !done.some(({ scenario }) => scenario === name));
  const faults = done.flatMap((one) => one.faults);
  return [
    ...(rows.length > 0 ? [table(['figure', 'goal', 'seen', 'when', ''], rows), ''] : []),
    faultsTable(faults, true),
    ...list('What was wrong', problems),
    ...list('Not done with its full count yet', missing),
  ].join('\n');
}

/** Whether everything that was looked at was as promised. */
export const isGood = ({ figures, faults, problems, notDone }: Report): boolean =>
  figures.every(({ ok }) => ok) &&
  faults.every(({ ok }) => ok) &&
  problems.length + notDone.length === 0;
