import type { LogTimes } from '../../stores/log-prefs.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const three = (n: number): string => String(n).padStart(3, '0');

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "14:02:11", always of one width. */
export function clockTime(at: number): string {
  const time = new Date(at);
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** "0:12.3", "1:02:12.3": time since `start`, in ms. */
export function elapsedTime(at: number, start: number): string {
  const tenths = Math.max(0, Math.floor((at - start) / 100));
  const seconds = Math.floor(tenths / 10);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${two(seconds % 60)}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** What stands beside a line; nothing when times are off. */
export function lineTime(at: number, times: LogTimes, start: number): string {
  if (times === 'off') return '';
  return times === 'clock' ? clockTime(at) : elapsedTime(at, start);
}

/** "2026-06-11 14:02:11.123": the exact time, as it is shown on hover. */
export function exactTime(at: number): string {
  const time = new Date(at);
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${clockTime(at)}.${three(time.getMilliseconds())}`;
}

const CLOCK = /^(?:(\d{4})-(\d\d?)-(\d\d?)[ T])?(\d\d?):(\d\d)(?::(\d\d))?$/;
const SINCE = /^\+?(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/;

/**
 * Reads a time a person gives: "14:02", "14:02:11" (the first one after the start), with a date before
 * it, or a time since the start: "+5m", "1h30m", "90s". Null for anything else.
 */
export function readTime(text: string, start: number): number | null {
  const given = text.trim().toLowerCase();
  const clock = CLOCK.exec(given.toUpperCase());
  if (clock) return readClock(clock.slice(1), start);
  const since = SINCE.exec(given.replaceAll(' ', ''));
  if (!since) return null;
  const [hours, minutes, seconds] = since.slice(1).map((part) => Number(part ?? 0));
  return start + (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0) * SECOND;
}

function readClock(parts: (string | undefined)[], start: number): number | null {
  const [year, month, day, hours = 0, minutes = 0, seconds = 0] = parts.map((part) =>
    part === undefined ? undefined : Number(part),
  );
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const time = new Date(start);
  if (year !== undefined) time.setFullYear(year, (month ?? 1) - 1, day ?? 1);
  const at = time.setHours(hours, minutes, seconds, 0);
  // The seconds of the start are seldom given: a minute before it is not yet the next day.
  return year === undefined && at < start - MINUTE ? at + DAY : at;
}
