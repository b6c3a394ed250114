import { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { Queue, QueueChoices } from '../../shared/domain/queue.ts';
import type { Core } from '../../core/create-core.ts';
import { addChoiceOptions, choicesOf, type ChoiceOptions } from '../queue/choice-options.ts';
import { printQueue } from '../queue/report-queue.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson } from '../output.ts';
import { withCore, type Globals } from '../with-core.ts';

const HELP = `
A queue can ask each launch for values. Those of "launch --set-var" stand where the resources name them:

  slipway queue create gpu -n 2 -R '{"memory": "{{memory}}", "gpus": 1}' \\
    --variables '{"memory": {"type": "string", "enum": ["4g", "8g"], "default": "4g"}}'
  slipway launch -q gpu -v memory=8g --job demo`;

/** What a queue is that nothing was said about: one run at a time, which any machine can do. */
const USUAL: Omit<QueueChoices, 'name'> = {
  engine: null,
  concurrency: 1,
  resourceArgs: {},
  variables: {},
};

/** `queue create` */
export const queueCreateCommand = (): Command =>
  addChoiceOptions(new Command('create'))
    .description('Make a queue. Unless said otherwise it runs one run at a time.')
    .argument('<name>', 'letters, digits, "_", "." and "-", up to 64')
    .addHelpText('after', HELP)
    .action(async (name: string, options: ChoiceOptions, self: Command) => {
      await withCore(self, async (core, globals) => {
        const choices = { ...USUAL, ...choicesOf(options), name };
        report(globals, await withInterrupt((signal) => core.queueMaker.create(choices, signal)));
      });
    });

/** `queue set` */
export const queueSetCommand = (): Command =>
  addChoiceOptions(new Command('set'))
    .description(
      'Change a queue. What is in it stays; what a waiting run was given stays as it is.',
    )
    .argument('<queue>', 'name')
    .option('--name <name>', 'another name')
    .action(async (text: string, options: ChoiceOptions & { name?: string }, self: Command) => {
      await withCore(self, async (core, globals) =>
        report(globals, await change(core, text, options)),
      );
    });

async function change(
  core: Core,
  text: string,
  options: ChoiceOptions & { name?: string },
): Promise<Queue> {
  const { name } = options;
  const choices = { ...choicesOf(options), ...(name !== undefined && { name }) };
  const { id } = core.queues.find(text);
  if (Object.keys(choices).length > 0) {
    return withInterrupt((signal) => core.queueMaker.update(id, choices, signal));
  }
  throw new AppError('E_ARGS', 'It is not said what to change.', {
    next: 'Give --concurrency, --engine, --resource-args, --variables or --name.',
  });
}

function report({ json }: Globals, queue: Queue): void {
  if (json) printJson(queue);
  else printQueue(queue);
}
