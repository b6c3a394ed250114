import { Command } from 'commander';
import {
  COMPARED_RUNS,
  COMPARISON_SECTIONS,
  type RunChanges,
  type RunComparison,
} from '../../shared/domain/run-comparison.ts';
import { AppError } from '../../shared/errors.ts';
import { findRun } from '../find.ts';
import { findRuns } from '../find-many.ts';
import { withInterrupt } from '../interrupt.ts';
import { dateTime, printJson, printLine, printTable, say, STATE_MARKS } from '../output.ts';
import { withCore } from '../with-core.ts';

/** Widest cell of the table, in characters. */
const WIDEST = 48;

/** `run compare`: runs side by side. */
export const runCompareCommand = (): Command =>
  new Command('compare')
    .description('Lay runs side by side: code, inputs, settings, environment, config, results.')
    .argument('<run...>', `2 to ${COMPARED_RUNS} runs: ids, beginnings of ids, or names`)
    .option('--all', 'also what is the same in all of them')
    .action(async (texts: string[], options: { all?: boolean }, command: Command) => {
      await withCore(command, async (core, globals) => {
        const ids = findRuns(core, texts).map(({ id }) => id);
        if (ids.length < 2 || ids.length > COMPARED_RUNS) throw badCount(ids.length);
        const comparison = await withInterrupt((signal) => core.comparer.compare(ids, signal));
        if (globals.json) printJson(comparison);
        else printComparison(comparison, options.all === true);
      });
    });

/** `run changes`: what is different since the last good run. */
export const runChangesCommand = (): Command =>
  new Command('changes')
    .description('Show what changed since the last run of the job that finished.')
    .argument('<run>', 'id, beginning of an id, or name')
    .action(async (text: string, _options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const { id } = findRun(core, text);
        const changes = await withInterrupt((signal) => core.comparer.changes(id, signal));
        if (globals.json) printJson(changes);
        else printChanges(changes);
      });
    });

const badCount = (count: number): AppError =>
  new AppError(
    'E_ARGS',
    `${count === 1 ? 'One run cannot' : `${count} runs cannot`} be compared.`,
    {
      next: `Give 2 to ${COMPARED_RUNS} different runs.`,
    },
  );

function printComparison({ runs, rows }: RunComparison, all: boolean): void {
  const shown = rows.filter(({ differs }) => all || differs);
  if (shown.length === 0) return say('The runs do not differ.');
  const sections = COMPARISON_SECTIONS.map((section) => ({
    section,
    rows: shown.filter((row) => row.section === section),
  })).filter((each) => each.rows.length > 0);
  printTable([
    ['', ...runs.map(({ name, state }) => `${STATE_MARKS[state]} ${clipped(name)}`)],
    ...sections.flatMap((each) => [
      [each.section.toUpperCase(), ...runs.map(() => '')],
      ...each.rows.map(({ name, values }) => [`  ${clipped(name)}`, ...values.map(cell)]),
    ]),
  ]);
}

const cell = (value: unknown): string => {
  if (value === null) return '-';
  return clipped(typeof value === 'string' ? value : JSON.stringify(value));
};

function clipped(text: string): string {
  const line = text.replaceAll('\n', ', ');
  const characters = [...line];
  return characters.length <= WIDEST ? line : `${characters.slice(0, WIDEST - 1).join('')}…`;
}

function printChanges({ good, changes }: RunChanges): void {
  if (!good) return say('No run of the job finished before this one.');
  say(
    `since ${good.name} (${good.id}), which finished at ${dateTime(good.endedAt ?? good.createdAt)}:`,
  );
  if (changes.length === 0) printLine('Nothing changed: it may be the machine, or chance.');
  for (const { text, before, after } of changes) {
    const values = before === null && after === null ? '' : `: ${before ?? '-'} -> ${after ?? '-'}`;
    printLine(`${text}${values}`);
  }
}
