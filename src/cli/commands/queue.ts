import { Command } from 'commander';
import { DEFAULT_QUEUE, type Queue } from '../../shared/domain/queue.ts';
import { AppError } from '../../shared/errors.ts';
import type { Core } from '../../core/create-core.ts';
import { parseCount } from '../launch/units.ts';
import { printJson, printLine, say } from '../output.ts';
import { printQueues, printView } from '../queue/report-queue.ts';
import { settle } from '../settle.ts';
import { withCore, type Globals } from '../with-core.ts';
import { queueCreateCommand, queueSetCommand } from './queue-create.ts';
import { queueMoveCommand } from './queue-move.ts';
import { queueRemoveCommand } from './queue-remove.ts';

/** Those that wait, and those that ended, of a queue that is shown. */
const SHOWN = 50;

const HELP = `
Runs are put into a queue by "launch -q", "sweep start -q" and "run rerun -q". Queues are executed by the
app while it is open, by "serve" without a window, and by a launch for as long as it waits.`;

export function queueCommand(): Command {
  const queue = new Command('queue')
    .description('Queues: runs that start when their turn comes.')
    .addHelpText('after', HELP);
  queue
    .command('list')
    .description('List the queues: how many run in them, how many wait.')
    .action(async (_options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        await settle(core);
        const queues = core.queues.list();
        if (globals.json) printJson(queues);
        else printQueues(queues);
      });
    });
  queue
    .command('show')
    .description('Show a queue: what runs, what waits and why, and who executes it.')
    .argument('[queue]', 'name', DEFAULT_QUEUE)
    .option('--limit <number>', 'how many of those that wait', count, SHOWN)
    .action(async (name: string, { limit }: { limit: number }, command: Command) => {
      await withCore(command, (core, globals) => show(core, globals, name, limit));
    });
  queue.addCommand(queueCreateCommand());
  queue.addCommand(queueSetCommand());
  queue.addCommand(pauseCommand('pause', 'Start nothing from a queue until it is resumed.', true));
  queue.addCommand(pauseCommand('resume', 'Start again what waits in a queue.', false));
  queue.addCommand(queueMoveCommand());
  queue.addCommand(queueRemoveCommand());
  queue
    .command('delete')
    .description('Delete a queue that nothing waits or runs in. Its runs are kept.')
    .argument('<queue>', 'name')
    .action(async (name: string, _options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const deleted = core.queues.find(name);
        core.queues.remove(deleted.id);
        if (globals.json) printJson(deleted);
        else say(`the queue "${deleted.name}" is deleted`);
      });
    });
  return queue;
}

const count = (text: string): number => parseCount(text, 'runs');

async function show(core: Core, { json }: Globals, name: string, limit: number): Promise<void> {
  const { id } = core.queues.find(name);
  await settle(core);
  const view = core.queues.view(id, limit);
  if (json) printJson(view);
  else printView(view);
}

const pauseCommand = (name: string, description: string, paused: boolean): Command =>
  new Command(name)
    .description(`${description}${paused ? ' What runs goes on.' : ''}`)
    .argument('[queue]', 'name')
    .option('--all', 'all queues')
    .action(async (text: string | undefined, options: { all?: boolean }, self: Command) => {
      await withCore(self, async (core, globals) => {
        const queues = core.queues.pause(queueToPause(core, text, options), paused);
        if (globals.json) return printJson(queues);
        for (const queue of queues) printLine(stateText(queue));
      });
    });

/** Null: all. @throws AppError `E_ARGS`, `E_NOT_FOUND` */
function queueToPause(
  core: Core,
  text: string | undefined,
  { all }: { all?: boolean },
): string | null {
  if (text !== undefined && !all) return core.queues.find(text).id;
  if (all && text === undefined) return null;
  throw new AppError('E_ARGS', all ? 'A queue is named beside --all.' : 'No queue is named.', {
    next: `Give the name of a queue (${core.queues.list()[0]!.name}), or --all.`,
  });
}

const stateText = ({ name, pausedAt, waiting, running }: Queue): string =>
  `${name}: ${pausedAt === null ? 'open' : 'paused'}, ${waiting} waiting, ${running} running`;
