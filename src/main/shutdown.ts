import { app } from 'electron';
import type { Core } from '../core/create-core.ts';

/** Longest time that closing may take before the app ends anyway, in ms. */
const DEADLINE_MS = 5000;

/** What is asked before the app ends. */
export interface Decision {
  mayQuit(): Promise<boolean>;
  /** From now on nothing is asked. */
  beQuiet(): void;
}

/**
 * Lets a decision be made and closes the core before the app ends. Runs that have started go on; the next
 * start finds them. SIGTERM and its like end the app without a question. Returns whether the app is to
 * stay open: false once it was decided that it ends.
 */
export function closeOnQuit(core: Core, decision: Decision): () => boolean {
  let state: 'open' | 'asking' | 'closing' | 'closed' = 'open';
  const quit = async () => {
    state = 'asking';
    if (!(await decision.mayQuit())) return void (state = 'open');
    state = 'closing';
    await close(core);
    state = 'closed';
    app.quit();
  };
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'open') void quit();
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      decision.beQuiet();
      app.quit();
    });
  }
  return () => state === 'open' || state === 'asking';
}

async function close(core: Core): Promise<void> {
  const deadline = new Promise((resolve) => setTimeout(resolve, DEADLINE_MS));
  await Promise.race([core.close(), deadline]).catch((error: unknown) =>
    process.stderr.write(`slipway: ${String(error)}\n`),
  );
}
