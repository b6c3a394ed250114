import { COMPARED_RUNS } from '../../shared/domain/run-comparison.ts';
import type { Run } from '../../shared/domain/run.ts';
import {
  FIRST_TABLES,
  resetLayout,
  setDense,
  showInspector,
  useRunTables,
} from '../stores/run-layouts.ts';
import {
  clearSelection,
  selectedRuns,
  setTagging,
  useRunSelection,
} from '../stores/run-selection.ts';
import { isActive } from '../stores/run-states.ts';
import { navigate, openLaunch } from '../stores/ui.ts';
import { copyText, launchAgain, stopRun } from './actions.ts';
import { command, pageIs, type Command } from './command.ts';
import { binRuns, toggleStars } from './mark-actions.ts';

const focusFilter = (): void =>
  document.querySelector<HTMLInputElement>('input[type="search"]')?.focus();

const tableHere = (): string | null => useRunSelection.getState().table;

/** A command for the runs that are selected in the list, there when this can be done to them. */
const forSelected = (
  title: string,
  run: (runs: Run[]) => unknown,
  more: { shortcut?: string; when?: (runs: Run[]) => boolean } = {},
): Command =>
  command('Run', title, () => run(selectedRuns()), {
    ...(more.shortcut && { shortcut: more.shortcut }),
    enabled: () => {
      const runs = selectedRuns();
      return runs.length > 0 && (more.when?.(runs) ?? true);
    },
  });

const isOne = (runs: readonly Run[]): boolean => runs.length === 1;
const canStop = (run: Run): boolean => isActive(run) && run.state !== 'stopping';

async function binSelected(runs: readonly Run[]): Promise<void> {
  if (await binRuns(runs)) clearSelection();
}

const onTable = { enabled: () => tableHere() !== null };

/** The list on the screen, and what is selected in it. */
export const listCommands = {
  filter: command('View', 'Filter this list', focusFilter, {
    shortcut: 'Mod+F',
    enabled: () => pageIs('jobs') || tableHere() !== null,
  }),
  openSelected: forSelected(
    'Open selected run',
    ([run]) => navigate({ page: 'run', runId: run!.id, tab: 'log' }),
    { when: isOne },
  ),
  launchSelected: forSelected('Launch selected run again', ([run]) => launchAgain(run!), {
    shortcut: 'Mod+Shift+Enter',
    when: isOne,
  }),
  launchSelectedChanged: forSelected(
    'Launch selected run with changes…',
    ([run]) => openLaunch({ jobId: run!.jobId, fromRunId: run!.id }),
    { when: isOne },
  ),
  compareSelected: forSelected(
    'Compare selected runs',
    (runs) => navigate({ page: 'compare', runIds: runs.map(({ id }) => id) }),
    {
      shortcut: 'Mod+Shift+X',
      when: ({ length }) => length > 1 && length <= COMPARED_RUNS,
    },
  ),
  starSelected: forSelected('Star or unstar selected runs', toggleStars, { shortcut: 'Mod+D' }),
  tagSelected: forSelected('Change tags of selected runs…', () => setTagging(true), {
    shortcut: 'Mod+Shift+T',
  }),
  stopSelected: forSelected(
    'Stop selected runs',
    (runs) => runs.filter(canStop).forEach((run) => void stopRun(run)),
    { shortcut: 'Mod+Period', when: (runs) => runs.some(canStop) },
  ),
  copySelected: forSelected(
    'Copy ids of selected runs',
    (runs) => copyText(runs.map(({ id }) => id).join('\n')),
    { shortcut: 'Mod+Shift+C' },
  ),
  binSelected: forSelected('Move selected runs to the bin', binSelected, {
    shortcut: 'Delete',
    when: (runs) => !runs.some(isActive),
  }),
  toggleInspector: command(
    'View',
    'Show or hide the inspector',
    () => showInspector(!useRunTables.getState().inspector),
    { shortcut: 'Mod+I', ...onTable },
  ),
  toggleDense: command(
    'View',
    'Dense or comfortable rows in tables',
    () => setDense(!useRunTables.getState().dense),
    onTable,
  ),
  resetLayout: command('View', 'Reset the layout of this table', () => resetLayout(tableHere()!), {
    enabled: () => {
      const table = tableHere();
      return table !== null && useRunTables.getState().tables[table] !== FIRST_TABLES.tables[table];
    },
  }),
};
