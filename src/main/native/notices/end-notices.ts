import type { OpenTarget } from '../../../shared/contract/events.ts';
import type { Queue } from '../../../shared/domain/queue.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import { plural } from '../../../shared/format.ts';
import { oneLine, roughDuration } from '../words.ts';

/** One notification, and where a click on it leads; null for the window as it is. */
export interface Notice {
  title: string;
  body: string;
  target: OpenTarget | null;
}

/** What ended within a moment. */
export interface Ends {
  runs: readonly Run[];
  /** Sweeps of which the last cell is among them. */
  sweeps: readonly Sweep[];
}

export interface Circumstances {
  notify: Settings['notify'];
  /** The run on the screen of a window that has the focus. */
  inView: string | null;
  /** It ended while nobody followed: the app has just been opened. */
  whileAway: boolean;
  /** Whether a further try of the run waits: it is not over yet. */
  isTriedAgain(runId: string): boolean;
}

/** More runs than these at once are told of in one notification. */
const AT_ONCE = { here: 4, away: 1 };

/** What the person is told about; the rules are those of the decision on presence (ADR 0017). */
export function noticesOf(ends: Ends, circumstances: Circumstances): Notice[] {
  const { notify, inView, whileAway, isTriedAgain } = circumstances;
  if (notify === 'never') return [];
  const runs = ends.runs.filter(
    (run) =>
      run.sweep === null &&
      run.stopRequestedAt === null &&
      run.id !== inView &&
      (notify === 'all' || run.state !== 'finished') &&
      !isTriedAgain(run.id),
  );
  const sweeps = ends.sweeps.filter(
    (sweep) => sweep.stopRequestedAt === null && (notify === 'all' || failures(sweep) > 0),
  );
  const single = runs.length <= (whileAway ? AT_ONCE.away : AT_ONCE.here);
  const ofRuns = single ? runs.map(runNotice) : [summary(runs, whileAway)];
  return [...ofRuns, ...sweeps.map(sweepNotice)];
}

/** The title says what and how it ended, the body says why. */
export function runNotice(run: Run): Notice {
  const took = run.durationMs !== null && roughDuration(run.durationMs);
  const job = `${oneLine(run.jobName)} v${run.versionNumber}`;
  const reason = run.reason && oneLine(run.reason.text, 120);
  return {
    title: `${oneLine(run.name)} ${run.state}`,
    body: [reason, job, took].filter(Boolean).join(' · '),
    target: { page: 'run', runId: run.id, line: null },
  };
}

export function sweepNotice(sweep: Sweep): Notice {
  return {
    title: `${oneLine(sweep.name)}: sweep ended`,
    body: `${inStates(sweep.states)} · ${oneLine(sweep.jobName)} v${sweep.versionNumber}`,
    target: { page: 'sweep', sweepId: sweep.id },
  };
}

/** A queue that has run empty, with what ended in it since it was so the last time. */
export function queueNotice(queue: Pick<Queue, 'id' | 'name'>, ended: readonly Run[]): Notice {
  const [only] = ended;
  const states = ended.length === 1 ? `${oneLine(only!.name)} ${only!.state}` : statesOf(ended);
  return {
    title: `Queue ${oneLine(queue.name)} has run empty`,
    body: states,
    target: { page: 'queue', queueId: queue.id },
  };
}

function summary(runs: readonly Run[], whileAway: boolean): Notice {
  const ended = `${plural(runs.length, 'run')} ended`;
  return {
    title: whileAway ? `${ended} while Slipway was away` : ended,
    body: statesOf(runs),
    target: null,
  };
}

function statesOf(runs: readonly Run[]): string {
  const states: Record<string, number> = {};
  for (const { state } of runs) states[state] = (states[state] ?? 0) + 1;
  return inStates(states);
}

const failures = ({ states }: Sweep): number => (states['failed'] ?? 0) + (states['crashed'] ?? 0);

const ORDER = ['finished', 'failed', 'crashed', 'stopped'];

/** "18 finished, 2 failed". */
const inStates = (states: Readonly<Record<string, number>>): string =>
  ORDER.filter((state) => (states[state] ?? 0) > 0)
    .map((state) => `${states[state]} ${state}`)
    .join(', ');
