import { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Core } from '../../core/create-core.ts';
import { findRuns } from '../find-many.ts';
import { printJson, printLine } from '../output.ts';
import { refuseStarted, sayStarted } from '../queue/waiting-runs.ts';
import { withCore, type Globals } from '../with-core.ts';

/** `queue rm` */
export const queueRemoveCommand = (): Command =>
  new Command('rm')
    .description('Remove runs that wait from their queue; they end as stopped.')
    .argument('<run...>', 'ids, beginnings of ids, or names')
    .action(async (texts: string[], _options: unknown, self: Command) => {
      await withCore(self, async (core, globals) => remove(core, globals, texts));
    });

function remove(core: Core, { json }: Globals, texts: readonly string[]): void {
  const runs = runsOf(core, texts);
  refuseStarted(core, runs);
  const removedIds = core.queues.removeRuns(runs.map(({ id }) => id));
  const removed = removedIds.map((id) => core.runs.get(id));
  if (json) return printJson(removed);
  for (const { id, name } of removed) printLine(`${name} (${id}): removed`);
  sayStarted(runs, removedIds);
}

/** Who names a queue may mean to delete it. */
function runsOf(core: Core, texts: readonly string[]): Run[] {
  try {
    return findRuns(core, texts);
  } catch (error) {
    const queue = core.queues.list().find(({ name }) => texts.includes(name));
    if (!(error instanceof AppError) || error.code !== 'E_NOT_FOUND' || !queue) throw error;
    throw new AppError('E_NOT_FOUND', `There is no run "${queue.name}", but a queue.`, {
      next: `To delete it: slipway queue delete ${queue.name}`,
    });
  }
}
