import { COMPARED_RUNS } from '../../shared/domain/run-comparison.ts';
import { loadAll } from '../bridge/sync.ts';
import { askAboutQueue, useQueueSelection } from '../stores/queue-selection.ts';
import { useRunSelection } from '../stores/run-selection.ts';
import {
  back,
  forward,
  navigate,
  openLaunch,
  openOverlay,
  startProject,
  toggleSidebar,
  useUi,
} from '../stores/ui.ts';
import { call } from '../bridge/client.ts';
import { command } from './command.ts';

const zoom = (step: 'in' | 'out' | 'reset') => () => call('zoom', { step });

function closeDialogs(): void {
  openOverlay(null);
  openLaunch(null);
  askAboutQueue(null);
}

function newProject(): void {
  navigate({ page: 'projects' });
  startProject(true);
}

/** The runs that are selected in a list, side by side, also when that list is not on the screen now. */
function compareChosen(): void {
  const chosen = [...useRunSelection.getState().runs.keys()];
  navigate({ page: 'compare', runIds: chosen.length > 1 ? chosen.slice(0, COMPARED_RUNS) : [] });
}

/** Places, and the window itself. */
export const frameCommands = {
  goJobs: command('Go to', 'Jobs', () => navigate({ page: 'jobs' }), { shortcut: 'Mod+1' }),
  goRuns: command('Go to', 'Runs', () => navigate({ page: 'runs' }), { shortcut: 'Mod+2' }),
  goProjects: command('Go to', 'Projects', () => navigate({ page: 'projects' }), {
    shortcut: 'Mod+3',
  }),
  goBin: command('Go to', 'Bin', () => navigate({ page: 'bin' }), { shortcut: 'Mod+4' }),
  newProject: command('Jobs', 'New project…', newProject),
  goCompare: command('Go to', 'Compare', compareChosen, {
    enabled: () => useRunSelection.getState().runs.size > 1,
  }),
  goQueues: command('Go to', 'Queues', () => navigate({ page: 'queues' }), { shortcut: 'Mod+6' }),
  goEngine: command('Go to', 'Engine', () => navigate({ page: 'engine' }), { shortcut: 'Mod+5' }),
  goSettings: command('Go to', 'Settings', () => navigate({ page: 'settings' }), {
    shortcut: 'Mod+Comma',
  }),
  goRoom: command('Go to', 'Room on the disk', () => navigate({ page: 'room' })),
  goStart: command('Go to', 'Welcome', () => navigate({ page: 'start' })),
  back: command('Go to', 'Back', back, {
    shortcut: 'Alt+ArrowLeft',
    enabled: () => useUi.getState().history.back.length > 0,
  }),
  forward: command('Go to', 'Forward', forward, {
    shortcut: 'Alt+ArrowRight',
    enabled: () => useUi.getState().history.forward.length > 0,
  }),
  palette: command('View', 'Find a command…', () => openOverlay('palette'), { shortcut: 'Mod+K' }),
  toggleSidebar: command('View', 'Show or hide the sidebar', toggleSidebar, { shortcut: 'Mod+B' }),
  reload: command('View', 'Read everything again', loadAll, { shortcut: 'F5' }),
  zoomIn: command('View', 'Zoom in', zoom('in'), { shortcut: 'Mod+Plus' }),
  zoomOut: command('View', 'Zoom out', zoom('out'), { shortcut: 'Mod+Minus' }),
  zoomReset: command('View', 'Actual size', zoom('reset'), { shortcut: 'Mod+0' }),
  fullScreen: command('View', 'Full screen', () => call('toggleFullScreen', {}), {
    shortcut: 'F11',
  }),
  shortcuts: command('App', 'Keyboard shortcuts', () => openOverlay('shortcuts'), {
    shortcut: '?',
  }),
  closeDialogs: command('App', 'Close what is open', closeDialogs, {
    enabled: () => {
      const { overlay, launch } = useUi.getState();
      const { asking } = useQueueSelection.getState();
      return overlay !== null || launch !== null || asking !== null;
    },
  }),
  quit: command('App', 'Quit Slipway', () => call('quit', {}), { shortcut: 'Mod+Q' }),
};
