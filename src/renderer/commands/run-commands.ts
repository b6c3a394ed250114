import { formatLink } from '../../shared/links.ts';
import { COMPARED_RUNS } from '../../shared/domain/run-comparison.ts';
import type { Run } from '../../shared/domain/run.ts';
import { useEntities } from '../stores/entities.ts';
import { editRun } from '../stores/run-editing.ts';
import { pickBeside } from '../stores/run-picker.ts';
import { isActive } from '../stores/run-states.ts';
import { back, navigate, openLaunch, replaceRoute, useUi } from '../stores/ui.ts';
import { copyText, launchAgain, openOutputs, runHere, stopRun } from './actions.ts';
import { command, type Command } from './command.ts';
import { binJobs, binRuns, restoreRuns, toggleStars } from './mark-actions.ts';

/** A command for the run on the screen, there when it is one that this can be done to. */
const forRun = (
  title: string,
  run: (run: Run) => unknown,
  more: { shortcut?: string; when?: (run: Run) => boolean } = {},
): Command =>
  command('Run', title, () => run(runHere()!), {
    ...(more.shortcut && { shortcut: more.shortcut }),
    enabled: () => {
      const here = runHere();
      return here !== null && (more.when?.(here) ?? true);
    },
  });

const isBinned = ({ binnedAt }: Run): boolean => binnedAt !== null;

function editNotes({ id }: Run): void {
  replaceRoute({ page: 'run', runId: id, tab: 'overview' });
  editRun(id, 'notes');
}

async function binAndLeave(run: Run): Promise<void> {
  if (await binRuns([run])) back();
}

/** The runs that are laid side by side on the screen. */
const comparedHere = (): readonly string[] | null => {
  const { at } = useUi.getState().history;
  return at.page === 'compare' ? at.runIds : null;
};

const jobHere = () => {
  const { at } = useUi.getState().history;
  return at.page === 'job' ? useEntities.getState().jobs[at.jobId] : undefined;
};

async function binJobHere(): Promise<void> {
  const job = jobHere();
  if (job && (await binJobs([job]))) navigate({ page: 'jobs' });
}

/** The run on the screen, and runs side by side. */
export const runCommands = {
  stopRun: forRun('Stop run', stopRun, {
    shortcut: 'Mod+Period',
    when: (run) => isActive(run) && run.state !== 'stopping',
  }),
  launchAgain: forRun('Launch again', launchAgain, {
    shortcut: 'Mod+Shift+Enter',
    when: (run) => !isBinned(run),
  }),
  launchChanged: forRun(
    'Launch again with changes…',
    ({ jobId, id }) => openLaunch({ jobId, fromRunId: id }),
    { when: (run) => !isBinned(run) },
  ),
  compareWith: forRun('Compare with…', ({ id }) => pickBeside([id]), {
    shortcut: 'Mod+Shift+X',
  }),
  starRun: forRun('Star or unstar run', (run) => toggleStars([run]), { shortcut: 'Mod+D' }),
  renameRun: forRun('Rename run', ({ id }) => editRun(id, 'name'), { shortcut: 'F2' }),
  tagRun: forRun('Add a tag…', ({ id }) => editRun(id, 'tags'), { shortcut: 'Mod+Shift+T' }),
  noteRun: forRun('Edit notes', editNotes, { shortcut: 'Mod+Shift+E' }),
  openOutputs: forRun('Open outputs', openOutputs, { when: ({ engine }) => engine !== null }),
  copyRunId: forRun('Copy run id', ({ id }) => copyText(id)),
  copyRunLink: forRun('Copy link to run', ({ id }) =>
    copyText(formatLink({ page: 'run', runId: id, line: null })),
  ),
  binRun: forRun('Move run to the bin', binAndLeave, {
    shortcut: 'Mod+Shift+Backspace',
    when: (run) => !isActive(run) && !isBinned(run),
  }),
  restoreRun: forRun('Restore run from the bin', (run) => restoreRuns([run]), { when: isBinned }),
  compareRuns: command('Go to', 'Compare runs', () => navigate({ page: 'compare', runIds: [] })),
  addComparedRun: command('Run', 'Add a run to compare…', () => pickBeside(comparedHere() ?? []), {
    enabled: () => (comparedHere()?.length ?? COMPARED_RUNS) < COMPARED_RUNS,
  }),
  renameJob: command('Jobs', 'Rename job', () => editRun(jobHere()!.id, 'name'), {
    shortcut: 'F2',
    enabled: () => jobHere() !== undefined,
  }),
  binJob: command('Jobs', 'Move job to the bin', binJobHere, {
    enabled: () => jobHere() !== undefined,
  }),
};
