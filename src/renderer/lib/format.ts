export { formatCount, formatDuration, plural } from '../../shared/format.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
const thisYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const otherYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** How long ago, in words; from a week on the date. A clock that is a little ahead reads "just now". */
export function formatRelative(at: number, now: number): string {
  const age = now - at;
  if (age < 45 * SECOND) return 'just now';
  if (age < HOUR) return `${Math.max(1, Math.round(age / MINUTE))} min ago`;
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  if (days === 0 || age < 6 * HOUR) return `${Math.round(age / HOUR)} h ago`;
  if (days === 1) return 'yesterday';
  if (days < 7) return `${days} days ago`;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? thisYear : otherYear).format(at);
}

/** In full, for where it is pointed at: "Thursday 11 June 2026 at 14:30:00". */
export const formatExact = (at: number): string => exact.format(at);
/** "14:30:05", where the seconds matter. A moment within a sentence is a `clockText`. */
export const formatClock = (at: number): string => clockTime.format(at);

/** The last part of a path with either kind of separator. */
export const baseName = (path: string): string =>
  path
    .replace(/[\\/]+$/, '')
    .split(/[\\/]/)
    .at(-1) || path;
