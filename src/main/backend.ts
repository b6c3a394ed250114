import { createCore, type Core, type CoreOptions } from '../core/create-core.ts';
import { EngineWatch } from './engine-watch.ts';
import { connectIpc } from './ipc/connect.ts';
import { lookAgain } from './look-again.ts';
import { replaceDamaged } from './replace-damaged.ts';
import { Shell, type ShellParts } from './native/shell.ts';

/** What answers the window. */
export interface Backend {
  core: Core;
  engineWatch: EngineWatch;
  shell: Shell;
}

/**
 * Opens the core and connects the window's requests to it. A module of its own, so that nothing of
 * the core is loaded before the window is on its way.
 * @throws as {@link createCore}
 */
export function openBackend(
  options: CoreOptions,
  around: Pick<ShellParts, 'window' | 'examples'>,
): Backend {
  const core = createCore(options);
  const engineWatch = new EngineWatch(core.chooser);
  const shell = new Shell({ core, resources: options.resources, ...around });
  connectIpc(core, engineWatch, shell);
  lookAgain(core, engineWatch);
  return { core, engineWatch, shell };
}

export { replaceDamaged };

export interface BackendModule {
  openBackend: typeof openBackend;
  replaceDamaged: typeof replaceDamaged;
}
