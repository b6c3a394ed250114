import type { JsonValues } from '../../../shared/domain/json.ts';
import type { Executor, Queue } from '../../../shared/domain/queue.ts';
import type { Priority } from '../../../shared/domain/run.ts';

export const PRIORITY_TITLES: Readonly<Record<Priority, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** How many runs of a queue go at a time. */
export const limitText = ({ concurrency }: Pick<Queue, 'concurrency'>): string =>
  concurrency === null ? 'no limit' : `${concurrency} at a time`;

const PROGRAMS = {
  app: 'Slipway’s window',
  serve: '`slipway serve`',
  terminal: 'a command in a terminal',
} as const;

/** What starts the runs of queues, in words. */
export function executorText({ kind, here, pid }: Executor): string {
  if (kind === null) return 'Nothing executes queues';
  if (here) return 'Executed by this window';
  return `Executed by ${PROGRAMS[kind]}${pid === null ? '' : ` (process ${pid})`}`;
}

/** What a queue gives to its runs, on one line: "memory 4g · cpus 2". */
export const resourcesText = (args: JsonValues): string =>
  Object.entries(args)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
