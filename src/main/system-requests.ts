import { app } from 'electron';
import type { LinkTarget } from '../shared/links.ts';
import type { AppWindow } from './app-window.ts';
import type { Backend } from './backend.ts';
import { linkIn } from './deep-links.ts';

const SCHEME = 'slipway';

/** Does what the system asks of the app, now and while it is open: to show itself, and where links lead. */
export function followSystem(window: AppWindow, backend: () => Promise<Backend>): void {
  let opening = false;
  const openLink = async (target: LinkTarget) => {
    // While one link is on its way, others are dropped: a page can ask for hundreds.
    if (opening) return;
    opening = true;
    const { shell } = await backend().finally(() => (opening = false));
    shell.openLink(target);
  };
  const follow = (argv: readonly string[]) => {
    const target = linkIn(argv);
    if (target) void openLink(target).catch(() => undefined);
    return target !== null;
  };
  app.on('second-instance', (_event, argv) => {
    if (!follow(argv)) window.show();
  });
  app.on('activate', () => void window.show());
  app.on('open-url', (event, url) => {
    event.preventDefault();
    follow([url]);
  });
  // While developing it would be the bare Electron that links open.
  if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME);
  follow(process.argv);
}
