import { runStateText } from '../../shared/run-state-text.ts';
import { isTerminal, type Run, type RunState } from '../../shared/domain/run.ts';
import type { Sweep, SweepCell } from '../../shared/domain/sweep.ts';
import type { Core } from '../../core/create-core.ts';
import { printJson, printTable, STATE_MARKS } from '../output.ts';

/** Metrics that are shown when none is asked for: what does not fit on a line helps nobody. */
const SHOWN_METRICS = 3;

/** `2 finished, 1 running, 3 queued`. */
export const statesText = ({ states }: Sweep): string =>
  Object.entries(states)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');

/** Cells whose newest run has ended. */
export const endedCells = ({ states }: Sweep): number =>
  Object.entries(states)
    .filter(([state]) => isTerminal(state as RunState))
    .reduce((sum, [, count]) => sum + count, 0);

/** Cells that neither wait nor have ended. */
export const startedCells = (sweep: Sweep): number =>
  sweep.cells - endedCells(sweep) - (sweep.states['queued'] ?? 0);

interface Row extends SweepCell {
  run: Run;
}

export function printCells(core: Core, json: boolean, sweep: Sweep, metrics?: string[]): void {
  const rows = core.sweeps
    .cells(sweep.id)
    .map((cell) => ({ ...cell, run: core.runs.get(cell.runId) }));
  if (json) return printJson({ sweep, cells: rows });
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const shown = metrics ?? metricsOf(rows);
  printTable([
    ['CELL', ...names, 'STATE', ...shown, 'RUN'],
    ...rows.map((row) => [
      String(row.cell + 1),
      ...names.map((name) => valueText(row.values[name])),
      `${STATE_MARKS[row.run.state]} ${runStateText(row.run)}`,
      ...shown.map((metric) => valueText(row.run.summary?.[metric])),
      row.runId,
    ]),
  ]);
}

/** The first numbers that the runs told of themselves. */
function metricsOf(rows: readonly Row[]): string[] {
  const names = rows.flatMap(({ run }) =>
    Object.entries(run.summary ?? {})
      .filter(([name, value]) => typeof value === 'number' && !name.startsWith('_'))
      .map(([name]) => name),
  );
  return [...new Set(names)].slice(0, SHOWN_METRICS);
}

export const valueText = (value: unknown): string =>
  value === undefined ? '-' : typeof value === 'string' ? value : JSON.stringify(value);
