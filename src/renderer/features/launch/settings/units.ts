export type Read<T> = { value: T } | { problem: string };

const KIB = 1024;
const POWERS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 };
const SIZE = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i;
const WORDS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Sizes as container engines read them: `512m`, `4 GiB`, `4g`; a K is 1,024. */
export function readSize(text: string): Read<number> {
  const found = SIZE.exec(text.trim());
  const power = POWERS[(found?.[2] ?? '').toLowerCase()];
  if (!found || power === undefined) return { problem: 'Write a size such as 512 MiB or 4 GiB.' };
  return { value: Math.round(Number(found[1]) * KIB ** power) };
}

/** A size that reads back as the same number. */
export function writeSize(bytes: number): string {
  const powers = WORDS.map((_, at) => at);
  const fits = (power: number): boolean => Number.isInteger((bytes / KIB ** power) * 4);
  const power = bytes === 0 ? 0 : (powers.findLast(fits) ?? 0);
  return `${bytes / KIB ** power} ${WORDS[power]}`;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const PART = /(\d+(?:\.\d+)?)\s*(s|m|h|d)[a-z]*\.?\s*/gi;
const PARTS = /^(?:\d+(?:\.\d+)?\s*(?:s(?:ec\w*)?|m(?:in\w*)?|h(?:\w*)?|d(?:ays?)?)\.?\s*)+$/i;

/** A time as `90 min`, `1 h 30 m` or a number of seconds. */
export function readTime(text: string): Read<number> {
  const words = text.trim();
  if (/^\d+(\.\d+)?$/.test(words)) return { value: Number(words) };
  if (!PARTS.test(words)) return { problem: 'Write a time such as 90 min, 2 h or 1 h 30 min.' };
  let seconds = 0;
  for (const [, amount, unit] of words.matchAll(PART)) {
    seconds += Number(amount) * SECONDS[unit!.toLowerCase()]!;
  }
  return { value: seconds };
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Seconds that read back as the same number. */
export function writeTime(seconds: number): string {
  let left = seconds;
  const words: string[] = [];
  for (const [unit, size] of UNITS) {
    const amount = unit === 's' ? Number(left.toFixed(3)) : Math.floor(left / size);
    if (amount > 0) words.push(`${amount} ${unit}`);
    left -= amount * size;
  }
  return words.join(' ') || '0 s';
}

/** A number above zero, whole when that is asked for. */
export const readNumber =
  (whole: boolean) =>
  (text: string): Read<number> => {
    const value = Number(text.trim());
    const ok =
      text.trim() !== '' && Number.isFinite(value) && (!whole || Number.isSafeInteger(value));
    return ok ? { value } : { problem: whole ? 'Write a whole number.' : 'Write a number.' };
  };

/** `all`, or how many. */
export function readGpus(text: string): Read<number | 'all'> {
  if (text.trim().toLowerCase() === 'all') return { value: 'all' };
  const read = readNumber(true)(text);
  return 'problem' in read ? { problem: 'Write a whole number, or all.' } : read;
}
