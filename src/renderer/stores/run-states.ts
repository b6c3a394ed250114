import type { Run, RunState } from '../../shared/domain/run.ts';
import { runStateText } from '../../shared/run-state-text.ts';

export type Tone = 'grey' | 'blue' | 'amber' | 'green' | 'red' | 'orange';
export type Shape =
  'hollow' | 'dashed' | 'ring' | 'half' | 'check' | 'cross' | 'square' | 'bolt' | 'unknown';

interface StateLook {
  word: string;
  tone: Tone;
  shape: Shape;
  active: boolean;
}

const look = (word: string, tone: Tone, shape: Shape, active: boolean): StateLook => ({
  word,
  tone,
  shape,
  active,
});

/** How each state is shown: a word, a colour and a shape, so that colour is never the only sign. */
export const STATE_LOOKS: Readonly<Record<RunState, StateLook>> = {
  queued: look('Queued', 'grey', 'hollow', true),
  preparing: look('Preparing', 'blue', 'dashed', true),
  building: look('Building', 'blue', 'dashed', true),
  starting: look('Starting', 'blue', 'dashed', true),
  running: look('Running', 'blue', 'ring', true),
  stopping: look('Stopping', 'amber', 'half', true),
  finished: look('Finished', 'green', 'check', false),
  failed: look('Failed', 'red', 'cross', false),
  stopped: look('Stopped', 'grey', 'square', false),
  crashed: look('Crashed', 'orange', 'bolt', false),
};

/** The state of a run in words for the beginning of a line. */
export const stateWords = (run: Run): string =>
  runStateText(run).replace(run.state, STATE_LOOKS[run.state].word);

export const isActive = (run: { state: RunState }): boolean => STATE_LOOKS[run.state].active;

/** How long a run took, or takes so far; null before it started. Not negative, however the clock was set meanwhile. */
export function runDuration(run: Run, now: number): number | null {
  if (run.startedAt === null || run.endedAt !== null) return run.durationMs;
  return Math.max(0, now - run.startedAt);
}
