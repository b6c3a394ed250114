import { loadAll } from '../bridge/sync.ts';
import { isActive } from '../stores/run-states.ts';
import {
  back,
  forward,
  navigate,
  openLaunch,
  openPalette,
  toggleSidebar,
  toggleWrap,
  useUi,
} from '../stores/ui.ts';
import type { NewJobSource } from '../stores/route.ts';
import {
  chooseFolder,
  copyText,
  importJob,
  jobIdHere,
  launchAgain,
  runHere,
  stopRun,
} from './actions.ts';
import { shortcutText } from './keys.ts';

export interface Command {
  title: string;
  group: 'Go to' | 'Jobs' | 'Run' | 'View';
  shortcut?: string;
  /** Absent: always. */
  enabled?(): boolean;
  run(): void;
}

const focusFilter = (): void =>
  document.querySelector<HTMLInputElement>('input[type="search"]')?.focus();

const command = (
  group: Command['group'],
  title: string,
  run: () => unknown,
  more: { shortcut?: string; enabled?: () => boolean } = {},
): Command => ({ group, title, run: () => void run(), ...more });

const newJobFrom = (source: NewJobSource): void => navigate({ page: 'new-job', source });

const pageIs = (...pages: string[]): boolean => pages.includes(useUi.getState().history.at.page);

/** Every action of the window, once: buttons, the palette and the shortcuts all come from here. */
export const COMMANDS = {
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
  goJobs: command('Go to', 'Jobs', () => navigate({ page: 'jobs' }), { shortcut: 'Mod+1' }),
  goRuns: command('Go to', 'Runs', () => navigate({ page: 'runs' }), { shortcut: 'Mod+2' }),
  goEngine: command('Go to', 'Engine', () => navigate({ page: 'engine' }), { shortcut: 'Mod+3' }),
  goSettings: command('Go to', 'Settings', () => navigate({ page: 'settings' }), {
    shortcut: 'Mod+Comma',
  }),
  back: command('Go to', 'Back', back, {
    shortcut: 'Alt+ArrowLeft',
    enabled: () => useUi.getState().history.back.length > 0,
  }),
  forward: command('Go to', 'Forward', forward, {
    shortcut: 'Alt+ArrowRight',
    enabled: () => useUi.getState().history.forward.length > 0,
  }),
  filter: command('View', 'Filter this list', focusFilter, {
    shortcut: 'Mod+F',
    enabled: () => pageIs('jobs', 'runs'),
  }),
  toggleSidebar: command('View', 'Show or hide the sidebar', toggleSidebar, { shortcut: 'Mod+B' }),
  toggleWrap: command('View', 'Wrap long lines in logs', toggleWrap, {
    shortcut: 'Alt+Z',
    enabled: () => pageIs('run'),
  }),
  reload: command('View', 'Read everything again', loadAll),
  palette: command('View', 'Find a command…', () => openPalette(true), { shortcut: 'Mod+K' }),
} satisfies Record<string, Command>;

export const isEnabled = (entry: Command): boolean => entry.enabled?.() ?? true;

/** Title and shortcut, as a button's tooltip shows them. */
export const commandHint = (entry: Command): string =>
  entry.shortcut
    ? `${entry.title.replace('…', '')} (${shortcutText(entry.shortcut)})`
    : entry.title;
