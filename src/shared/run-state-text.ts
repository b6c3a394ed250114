import { isTerminal, type Run } from './domain/run.ts';

type Standing = Pick<Run, 'state' | 'engineReachable'>;

/** What is said of a run whose engine does not answer: its state is the last that was known. */
export const ENGINE_AWAY = 'engine does not answer';

/** Whether a run is followed by an engine that does not answer now: how it stands is not known then. */
export const isOutOfSight = ({ state, engineReachable }: Standing): boolean =>
  !engineReachable && state !== 'queued' && !isTerminal(state);

/** The state of a run in a word, for wherever it is shown: `running`, `running (engine does not answer)`. */
export const runStateText = (run: Standing): string =>
  isOutOfSight(run) ? `${run.state} (${ENGINE_AWAY})` : run.state;
