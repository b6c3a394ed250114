import { AppError } from '../../shared/errors.ts';
import { readDuration, readMemory } from '../../shared/units.ts';

/** Bytes of `512m`, `4g` or `1.5GiB`, as `docker run` reads them. @throws AppError `E_RESOURCES` */
export function parseBytes(text: string): number {
  const bytes = readMemory(text);
  if (bytes !== null && bytes > 0) return bytes;
  throw new AppError('E_RESOURCES', `"${text}" is not an amount of memory.`, {
    next: 'Write it as 512m or 4g.',
  });
}

/** Seconds of `90`, `90s`, `30m`, `1h30m` or `2d`. @throws AppError `E_RESOURCES` */
export function parseSeconds(text: string): number {
  const seconds = readDuration(text);
  if (seconds !== null) return seconds;
  throw new AppError('E_RESOURCES', `"${text}" is not a length of time.`, {
    next: 'Write it as 90s, 30m or 1h30m.',
  });
}

/** A whole number of at least `least`. @throws AppError `E_RESOURCES` naming `what` */
export function parseCount(text: string, what: string, least = 1): number {
  const count = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  if (Number.isSafeInteger(count) && count >= least) return count;
  throw new AppError('E_RESOURCES', `"${text}" is not a number of ${what}.`, {
    next: `Give a whole number of at least ${least}.`,
  });
}

/** `name=value` in its two parts; the value may be empty. @throws AppError `E_ARGS` */
export function parsePair(text: string, option: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new AppError('E_ARGS', `"${text}" is no name with a value.`, {
    next: `Write it as ${option} name=value.`,
  });
}
