import { AppError } from '../../shared/errors.ts';
import { readDuration } from '../../shared/units.ts';

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const DAY_MS = 86_400_000;

/**
 * A time to come, as ms since 1970: `14:30` is today, `2026-11-23T14:30` in the time zone of the machine
 * unless it names one, `+2h` from now. @throws AppError `E_ARGS` for what is none, or has passed
 */
export function parseMoment(text: string, now = Date.now()): number {
  const words = text.trim();
  const at = fromNow(words, now) ?? today(words, now) ?? onDate(words);
  if (at === null || !Number.isFinite(at)) throw notATime(text);
  if (at > now) return at;
  throw new AppError('E_ARGS', `"${text}" has passed.`, { next: later(words, at, now) });
}

/** Of `+2h`; a number alone would be seconds to one and minutes to another. */
function fromNow(text: string, now: number): number | null {
  if (!text.startsWith('+') || /^\+[\d.]*$/.test(text)) return null;
  const seconds = readDuration(text.slice(1));
  return seconds === null ? null : now + Math.round(seconds * 1000);
}

function today(text: string, now: number): number | null {
  const [, hour, minute, second = '0'] = CLOCK.exec(text) ?? [];
  if (hour === undefined || !isClock(hour, minute!, second)) return null;
  return new Date(now).setHours(Number(hour), Number(minute), Number(second), 0);
}

function onDate(text: string): number | null {
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = DATE.exec(text) ?? [];
  if (year === undefined || !isDay(year, month!, day!) || !isClock(hour, minute, second))
    return null;
  if (zone !== undefined) return Date.parse(text.replace(' ', 'T').toUpperCase());
  const [y, m, d] = [Number(year), Number(month) - 1, Number(day)];
  return new Date(y, m, d, Number(hour), Number(minute), Number(second)).getTime();
}

const isClock = (hour: string, minute: string, second: string): boolean =>
  Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;

/** False for the 30th of February. */
function isDay(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

const notATime = (text: string): AppError =>
  new AppError('E_ARGS', `"${text}" is not a time.`, {
    next: 'Write it as 14:30 (today), 2026-01-31T14:30 or +2h.',
  });

/** Who wrote the time of a day that is over may mean tomorrow. */
function later(text: string, at: number, now: number): string {
  if (!CLOCK.test(text)) return 'Give a time to come, such as +2h.';
  const day = new Date(now + DAY_MS);
  const two = (part: number): string => String(part).padStart(2, '0');
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  const time = new Date(at);
  return `For tomorrow, write ${date}T${two(time.getHours())}:${two(time.getMinutes())}.`;
}
