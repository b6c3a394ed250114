import { clockText } from '../../../shared/clock-text.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** A time as a field for date and time has it, in the zone of this machine: `2026-06-11T14:30`. */
export function localTime(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The time of such a text in ms since 1970; null for what is none. */
export function readLocalTime(text: string): number | null {
  const at = text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}

/** Why a run cannot be started at a time, in ms since 1970; null when it can. */
export const pastProblem = (at: number | null, now: number): string | null =>
  at === null || at > now ? null : `${clockText(at, now)} has passed. Choose a time to come.`;

const HOUR = 3_600_000;
const EVENING = 20;
const MORNING = 8;

/** Times that people mean, later than now. */
export function soonTimes(now: number): { title: string; at: number }[] {
  const evening = new Date(now).setHours(EVENING, 0, 0, 0);
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  return [
    { title: 'In an hour', at: now + HOUR },
    ...(evening > now ? [{ title: 'This evening', at: evening }] : []),
    { title: 'Tomorrow morning', at: tomorrow.setHours(MORNING, 0, 0, 0) },
  ];
}
