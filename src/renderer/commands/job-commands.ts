import type { NewJobSource } from '../stores/route.ts';
import { navigate, openLaunch } from '../stores/ui.ts';
import { chooseFolder, importJob, jobIdHere } from './actions.ts';
import { command, pageIs } from './command.ts';
import { binChosen, newVersion } from './job-actions.ts';
import { jobHere, jobsHere } from './job-targets.ts';
import { runExample } from './run-example.ts';

const newJobFrom = (source: NewJobSource): void => navigate({ page: 'new-job', source });

const oneJob = (): boolean => pageIs('jobs', 'job') && jobHere() !== null;

/** Jobs: made, brought in, launched, put away. */
export const jobCommands = {
  newJob: command('Jobs', 'New job from a folder…', chooseFolder, { shortcut: 'Mod+N' }),
  newGitJob: command('Jobs', 'New job from a git repository…', () => newJobFrom('git'), {
    shortcut: 'Mod+Shift+G',
  }),
  newImageJob: command('Jobs', 'New job from an image…', () => newJobFrom('image')),
  importRuns: command('Jobs', 'Import or watch tracked runs…', () => newJobFrom('tracked')),
  importJob: command('Jobs', 'Import a job file…', importJob),
  runExample: command('Jobs', 'Run the example', runExample),
  openJob: command(
    'Jobs',
    'Open job',
    () => navigate({ page: 'job', jobId: jobHere()!.id, tab: 'runs' }),
    { enabled: () => pageIs('jobs') && jobHere() !== null },
  ),
  launch: command('Jobs', 'Launch…', () => openLaunch({ jobId: jobHere()?.id ?? jobIdHere()! }), {
    shortcut: 'Mod+Enter',
    enabled: () => oneJob() || (pageIs('run') && jobIdHere() !== null),
  }),
  newVersion: command('Jobs', 'New version from a folder…', () => newVersion(jobHere()!), {
    enabled: oneJob,
  }),
  binChosenJobs: command('Jobs', 'Move to the bin', () => binChosen(jobsHere()), {
    shortcut: 'Delete',
    enabled: () => pageIs('jobs') && jobsHere().length > 0,
  }),
};
