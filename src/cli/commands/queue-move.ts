import { Command, Option } from 'commander';
import type { Run } from '../../shared/domain/run.ts';
import type { Core } from '../../core/create-core.ts';
import { findRuns } from '../find-many.ts';
import { printJson, printLine } from '../output.ts';
import { parseMoment } from '../queue/moment.ts';
import { orNull } from '../queue/choice-options.ts';
import { checkMove, placeOf, type MoveOptions } from '../queue/move-options.ts';
import { parsePriority } from '../queue/priority.ts';
import { refuseStarted, sayStarted } from '../queue/waiting-runs.ts';
import { withCore, type Globals } from '../with-core.ts';

/** `queue move` */
export const queueMoveCommand = (): Command =>
  new Command('move')
    .description('Change the place of runs that wait: their order, queue, priority or time.')
    .argument('<run...>', 'ids, beginnings of ids, or names; they keep this order')
    .option('--before <run>', 'right before this one, with its priority')
    .addOption(new Option('--first', 'before all others').conflicts(['before', 'last']))
    .addOption(new Option('--last', 'behind all of the same priority').conflicts('before'))
    .option('-q, --queue <name>', 'into another queue')
    .option('-P, --priority <priority>', 'critical, high, medium or low', parsePriority)
    .option(
      '--not-before <time>',
      '14:30, 2026-01-31T14:30, +2h; none: when its turn comes',
      (text) => (text === 'none' ? text : parseMoment(text)),
    )
    .action(async (texts: string[], options: MoveOptions, self: Command) => {
      await withCore(self, async (core, globals) => move(core, globals, texts, options));
    });

function move(core: Core, globals: Globals, texts: string[], options: MoveOptions): void {
  checkMove(options);
  const runs = findRuns(core, texts);
  refuseStarted(core, runs);
  const queue = options.queue === undefined ? undefined : core.queues.find(options.queue);
  const before = placeOf(core, runs, options, queue);
  const { priority, notBefore } = options;
  const moved = core.queues.move({
    runIds: runs.map(({ id }) => id),
    ...(queue && { queueId: queue.id }),
    ...(priority && { priority }),
    ...(before !== undefined && { before }),
    ...(notBefore !== undefined && { notBefore: orNull(notBefore) }),
  });
  report(core, globals, runs, moved);
}

function report(
  core: Core,
  { json }: Globals,
  asked: readonly Run[],
  movedIds: readonly string[],
): void {
  const moved = movedIds.map((id) => core.runs.get(id));
  if (json) return printJson(moved);
  for (const { id, name, queue, priority } of moved) {
    const why = core.queues.whyWaiting(id)?.text ?? 'is started';
    printLine(`${name} (${id}): in "${queue?.name}", ${priority} priority: ${why}`);
  }
  sayStarted(asked, movedIds);
}
