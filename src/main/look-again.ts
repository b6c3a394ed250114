import { powerMonitor } from 'electron';
import type { Core } from '../core/create-core.ts';
import type { EngineWatch } from './engine-watch.ts';

/** Looks at engines and runs anew when the machine woke up, and at runs when an engine went or came back. */
export function lookAgain(core: Pick<Core, 'lookSoon'>, engineWatch: EngineWatch): void {
  powerMonitor.on('resume', () => {
    core.lookSoon();
    void engineWatch.refresh().catch(() => undefined);
  });
  engineWatch.on(() => core.lookSoon());
}
