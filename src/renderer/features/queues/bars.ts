import { QUEUE_TIMELINE, type QueueView } from '../../../shared/domain/queue.ts';
import type { Run, RunState } from '../../../shared/domain/run.ts';

/** Ticks of the time axis at most. */
const TICKS = 6;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps that people count time in. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 30, 100, 365].map((n) => n * DAY),
];

/** A stretch of time of a run, ms since 1970. */
interface Stretch {
  from: number;
  to: number;
}

export interface Bar {
  run: Run;
  /** In the queue, until it was taken out of it or ended. */
  waited: Stretch;
  /** From its start; null for one that never started. */
  ran: Stretch | null;
  state: RunState;
}

export interface Bars {
  from: number;
  to: number;
  /** Newest last. */
  bars: Bar[];
  /** Times with a mark on the axis. */
  ticks: number[];
  step: number;
}

function barOf(run: Run, now: number): Bar {
  const end = run.endedAt ?? now;
  const started =
    run.startedAt ?? (run.state === 'queued' ? null : run.endedAt === null ? now : null);
  const waited = {
    from: run.createdAt,
    to: Math.max(run.createdAt, Math.min(started ?? end, end)),
  };
  const ran = started === null ? null : { from: waited.to, to: Math.max(waited.to, end) };
  return { run, waited, ran, state: run.state };
}

/** Local midnight: ticks of a day and more stand there, others on whole steps from it. */
const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

function ticksIn(from: number, to: number): { ticks: number[]; step: number } {
  const step = STEPS.find((each) => (to - from) / each <= TICKS) ?? STEPS.at(-1)!;
  const origin = startOfDay(from);
  const first = origin + Math.ceil((from - origin) / step) * step;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);
  return { ticks: Array.from({ length: count }, (_, i) => first + i * step), step };
}

/**
 * The last runs of a queue over time: those that run and those that ended last, from when the first of
 * them was put in until now. Null when there are none.
 * @param now ms since 1970
 */
export function barsOf({ running, ended }: Pick<QueueView, 'running' | 'ended'>, now: number) {
  const newest = [...running.toReversed(), ...ended].slice(0, QUEUE_TIMELINE);
  if (newest.length === 0) return null;
  const bars = newest
    .map((run) => barOf(run, now))
    .toSorted((a, b) => (a.ran?.from ?? a.waited.to) - (b.ran?.from ?? b.waited.to));
  const from = Math.min(...bars.map(({ waited }) => waited.from));
  const to = Math.max(now, from + SECOND, ...bars.map(({ ran, waited }) => (ran ?? waited).to));
  return { from, to, bars, ...ticksIn(from, to) } satisfies Bars;
}

/** Where a time stands on a line of a width, px. */
export const placeOf = (
  at: number,
  { from, to }: Pick<Bars, 'from' | 'to'>,
  width: number,
): number => ((at - from) / (to - from)) * width;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** A mark of the axis as exact as its steps are. */
export function tickText(at: number, step: number): string {
  if (step >= DAY) return day.format(at);
  return (step < MINUTE ? seconds : clock).format(at);
}
