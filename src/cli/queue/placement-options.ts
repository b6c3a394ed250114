import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { DEFAULT_QUEUE, type QueuePlacement } from '../../shared/domain/queue.ts';
import type { Priority } from '../../shared/domain/run.ts';
import type { LaunchConfig } from '../../core/launch/launch-config.ts';
import type { Core } from '../../core/create-core.ts';
import { collect } from '../launch/collect.ts';
import { say } from '../output.ts';
import { parseMoment } from './moment.ts';
import { parsePriority } from './priority.ts';
import { readSetVars } from './set-vars.ts';

/** Options that put a launch into a queue. */
export interface PlacementOptions {
  /** True where the option has no name behind it. */
  queue?: string | true;
  priority?: Priority;
  setVar?: string[];
  notBefore?: number;
}

export const addPlacementOptions = (command: Command): Command =>
  command
    .optionsGroup('When it starts:')
    .option('-q, --queue [name]', 'when its turn in a queue comes; without a name, the default one')
    .option(
      '-P, --priority <priority>',
      'in the queue: critical, high, medium (default) or low',
      parsePriority,
    )
    .option('-v, --set-var <name=value>', 'value of a variable of the queue', collect)
    .option('--not-before <time>', 'in the queue: 14:30, 2026-01-31T14:30 or +2h', (text) =>
      parseMoment(text),
    );

const OF_QUEUES = [
  ['priority', '--priority'],
  ['setVar', '--set-var'],
  ['notBefore', '--not-before'],
] as const;

/**
 * Where the options, and what `-c` says below them, put a launch; undefined: nowhere, it starts at once.
 * @throws AppError `E_ARGS` for an option without a queue, `E_NOT_FOUND`
 */
export function placementOf(
  core: Pick<Core, 'queues'>,
  options: PlacementOptions,
  asked: Partial<LaunchConfig> = {},
): QueuePlacement | undefined {
  const named = options.queue ?? asked.queue ?? undefined;
  if (named === undefined) return withoutQueue(options, asked);
  const { id, variables } = core.queues.find(named === true ? DEFAULT_QUEUE : named);
  const priority = options.priority ?? asked.priority;
  const values = { ...asked.variables, ...readSetVars(options.setVar ?? [], variables) };
  return {
    queueId: id,
    ...(priority && { priority }),
    ...(options.notBefore !== undefined && { notBefore: options.notBefore }),
    ...(Object.keys(values).length > 0 && { variables: values }),
  };
}

/** A priority in `-c` alone is common in specs that W&B wrote. */
function withoutQueue(options: PlacementOptions, asked: Partial<LaunchConfig>): undefined {
  const [, option] = OF_QUEUES.find(([key]) => options[key] !== undefined) ?? [];
  const given = option ?? (asked.variables && '"template_variables" in -c');
  if (!given) {
    if (asked.priority) say('  "priority" in -c counts only in a queue.');
    return undefined;
  }
  throw new AppError('E_ARGS', `${given} is for a run in a queue.`, {
    next: 'Add -q for the default queue, or -q <name>.',
  });
}
