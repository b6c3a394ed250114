import { app } from 'electron';
import type { Core } from '../core/create-core.ts';

/** Longest time that closing may take before the app ends anyway, in ms. */
const DEADLINE_MS = 5000;

/**
 * Closes the core before the app ends. Runs that have started go on; the next start finds them.
 * SIGTERM and SIGINT end the app the same way.
 */
export function closeOnQuit(core: Core): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    const deadline = new Promise((resolve) => setTimeout(resolve, DEADLINE_MS));
    void Promise.race([core.close(), deadline])
      .catch((error: unknown) => process.stderr.write(`slipway: ${String(error)}\n`))
      .then(() => {
        closed = true;
        app.quit();
      });
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => app.quit());
}
