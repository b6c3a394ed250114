import type { Executor } from './domain/queue.ts';

const KINDS = {
  app: 'the Slipway app',
  serve: '`slipway serve`',
  terminal: 'a command that waits',
} as const;

/** Who starts what waits, for the middle of a sentence. */
export function executorText({ kind, pid, here }: Executor): string {
  if (kind === null) return 'nothing: open Slipway or run `slipway serve`';
  if (here) return kind === 'app' ? 'this window' : 'this command';
  return `${KINDS[kind]}${pid === null ? '' : ` (process ${pid})`}`;
}
