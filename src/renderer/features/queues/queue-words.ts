import type { JsonValues } from '../../../shared/domain/json.ts';
import type { Queue } from '../../../shared/domain/queue.ts';
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

/** What a queue gives to its runs, on one line: "memory 4g · cpus 2". */
export const resourcesText = (args: JsonValues): string =>
  Object.entries(args)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
