import type { Executor } from '../../shared/domain/queue.ts';

const KINDS = {
  app: 'the Slipway app',
  serve: '`slipway serve`',
  terminal: 'a command that waits',
} as const;

/** What nobody executing queues means for a person. */
const NOBODY = 'nothing executes queues now: open Slipway or run `slipway serve`';

/** Who starts what waits, as a part of a line. */
export function executorText({ kind, pid, here }: Executor): string {
  if (kind === null) return NOBODY;
  const who = here ? 'this command' : KINDS[kind];
  return `executed by ${who}${pid === null ? '' : ` (process ${pid})`}`;
}
