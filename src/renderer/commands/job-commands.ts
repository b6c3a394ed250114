import type { NewJobSource } from '../stores/route.ts';
import { navigate, openLaunch } from '../stores/ui.ts';
import { chooseFolder, importJob, jobIdHere } from './actions.ts';
import { command, pageIs } from './command.ts';

const newJobFrom = (source: NewJobSource): void => navigate({ page: 'new-job', source });

/** Jobs: made, brought in, launched. */
export const jobCommands = {
  newJob: command('Jobs', 'New job from a folder…', chooseFolder, { shortcut: 'Mod+N' }),
  newGitJob: command('Jobs', 'New job from a git repository…', () => newJobFrom('git'), {
    shortcut: 'Mod+Shift+G',
  }),
  newImageJob: command('Jobs', 'New job from an image…', () => newJobFrom('image')),
  importRuns: command('Jobs', 'Import or watch tracked runs…', () => newJobFrom('tracked')),
  importJob: command('Jobs', 'Import a job file…', importJob),
  launch: command(
    'Jobs',
    'Launch…',
    () => {
      const jobId = jobIdHere();
      if (jobId) openLaunch({ jobId });
    },
    { shortcut: 'Mod+Enter', enabled: () => jobIdHere() !== null && pageIs('job', 'run') },
  ),
};
