import type { Executor } from '../../shared/domain/queue.ts';

const KINDS = {
  app: 'the Slipway app',
  serve: '`slipway serve`',
  terminal: 'a command that waits',
} as const;

/** Who starts what waits. */
export function executorText({ kind, pid, here }: Executor): string {
  if (kind === null) return 'nothing: open Slipway or run `slipway serve`';
  return `${here ? 'this command' : KINDS[kind]}${pid === null ? '' : ` (process ${pid})`}`;
}
