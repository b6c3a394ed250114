import { Command } from 'commander';
import type { Core } from '../../core/create-core.ts';
import { handlingInterrupts } from '../interrupt.ts';
import { ServeReport } from '../queue/serve-report.ts';
import { withCore } from '../with-core.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'Execute queues without a window, until Ctrl-C. With --json: a line of JSON for each thing that happens.',
    )
    .action(async (_options: unknown, command: Command) => {
      await withCore(command, (core, { json }) => serve(core, json), 'serve');
    });
}

/** Takes turns with the app and other terminals: only one of them executes at a time. */
async function serve(core: Core, json: boolean): Promise<void> {
  const end = new AbortController();
  const report = new ServeReport(core, json);
  await handlingInterrupts(
    () => end.abort(),
    async () => {
      const stop = report.begin();
      await core.execute(end.signal);
      stop();
    },
  );
}
