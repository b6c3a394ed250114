import { isActive } from '../stores/run-states.ts';
import { openLaunch } from '../stores/ui.ts';
import { copyText, launchAgain, runHere, stopRun } from './actions.ts';
import { command } from './command.ts';

/** The run on the screen. */
export const runCommands = {
  stopRun: command('Run', 'Stop run', () => stopRun(runHere()!), {
    shortcut: 'Mod+Period',
    enabled: () => {
      const run = runHere();
      return run !== null && isActive(run) && run.state !== 'stopping';
    },
  }),
  launchAgain: command('Run', 'Launch again', () => launchAgain(runHere()!), {
    shortcut: 'Mod+Shift+Enter',
    enabled: () => runHere() !== null,
  }),
  launchChanged: command(
    'Run',
    'Launch again with changes…',
    () => {
      const { jobId, id } = runHere()!;
      openLaunch({ jobId, fromRunId: id });
    },
    { enabled: () => runHere() !== null },
  ),
  copyRunId: command('Run', 'Copy run id', () => copyText(runHere()!.id), {
    enabled: () => runHere() !== null,
  }),
};
