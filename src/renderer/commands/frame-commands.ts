import { loadAll } from '../bridge/sync.ts';
import { back, forward, navigate, openPalette, toggleSidebar, useUi } from '../stores/ui.ts';
import { command } from './command.ts';

/** Places, and the window itself. */
export const frameCommands = {
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
  toggleSidebar: command('View', 'Show or hide the sidebar', toggleSidebar, { shortcut: 'Mod+B' }),
  reload: command('View', 'Read everything again', loadAll),
  palette: command('View', 'Find a command…', () => openPalette(true), { shortcut: 'Mod+K' }),
};
