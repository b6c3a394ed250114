import './styles/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '../shared/contract/bridge.ts';
import { App } from './app.tsx';
import { setBridge } from './bridge/client.ts';
import { startSync } from './bridge/sync.ts';
import { rememberLayouts } from './stores/run-layouts.ts';
import { rememberUi } from './stores/ui.ts';

/** Draws the window on the given bridge. Requests are under way before anything is drawn. */
export function mount(bridge: Bridge): void {
  setBridge(bridge);
  startSync();
  rememberUi();
  rememberLayouts();
  createRoot(document.getElementById('root')!).render(<App />);
}
