import type { WaitReason } from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';

/** What a person at a terminal can do so that the run starts; null where that is plain. */
const waitNext = ({ code, next }: WaitReason, { queue }: Run): string | null =>
  code === 'paused' && queue ? `slipway queue resume ${word(queue.name)}` : next;

/** A name as one word of a line. */
const word = (name: string): string => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(name));

/** Why a run waits, and what to do, in a line. */
export function waitText(reason: WaitReason, run: Run): string {
  const next = waitNext(reason, run);
  return next === null ? reason.text : `${reason.text} (${next})`;
}
