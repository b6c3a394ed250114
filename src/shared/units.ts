const KIB = 1024;
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const BYTES = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)(?:i?b)?$/i;

/**
 * An amount of memory as docker reads it, in bytes: `4g`, `512m`, `1.5 GiB`, `100b`, `4096`. Units are
 * powers of 1,024, whatever they are called (`RAMInBytes` of go-units). Null for what is none.
 */
export function readMemory(text: string): number | null {
  const [, number = '', unit = ''] = BYTES.exec(text.trim()) ?? [];
  if (number === '') return null;
  const bytes = Math.trunc(Number(number) * KIB ** ' kmgtp'.indexOf(unit.toLowerCase() || ' '));
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** An amount of memory to look at: `4 GiB`, `1.33 GiB`, `512 B`. */
export function memoryText(bytes: number): string {
  const fits = (_: string, power: number): boolean => bytes >= KIB ** power;
  const power = Math.max(0, BINARY.findLastIndex(fits));
  return `${Number((bytes / KIB ** power).toFixed(2))} ${BINARY[power]}`;
}

/** An amount of memory that {@link readMemory} reads back as the same number: `1.25 GiB`. */
export function exactMemory(bytes: number): string {
  const fits = (_: string, power: number): boolean => Number.isInteger((bytes / KIB ** power) * 4);
  const power = bytes === 0 ? 0 : BINARY.findLastIndex(fits);
  return `${bytes / KIB ** power} ${BINARY[power]}`;
}

const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** What files take, in decimal units as file managers show them: `812 B`, `1.3 MB`, `48 MB`. */
export function fileSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (unit < DECIMAL.length - 1 && Math.round(value) >= 1000) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${DECIMAL[unit]}`;
}

const SIZE = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i;

/**
 * A size of files in bytes, in the units of {@link fileSize}: `20GB`, `1.5 TB`, `800 MB`; with an `i`, in
 * powers of 1,024: `20 GiB`. Null for what is none.
 */
export function readFileSize(text: string): number | null {
  const [, number = '', unit = '', binary = ''] = SIZE.exec(text.trim()) ?? [];
  if (number === '') return null;
  const base = binary === '' ? 1000 : KIB;
  const bytes = Math.round(Number(number) * base ** ' kmgt'.indexOf(unit.toLowerCase() || ' '));
  return Number.isSafeInteger(bytes) ? bytes : null;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const NUMBER = String.raw`\d+(?:\.\d+)?`;
const UNIT = 's|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?';
const TIME = new RegExp(String.raw`^(?:${NUMBER}\s*(?:${UNIT})\s*)+$`, 'i');
const PART = new RegExp(String.raw`(${NUMBER})\s*([smhd])`, 'gi');

/** A length of time in seconds: `90`, `90s`, `1h30m`, `1 h 30 min`, `2 days`. Null for what is none. */
export function readDuration(text: string): number | null {
  const words = text.trim();
  if (/^\d+(\.\d+)?$/.test(words)) return Number(words);
  if (!TIME.test(words)) return null;
  return [...words.matchAll(PART)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * SECONDS[unit!.toLowerCase()]!,
    0,
  );
}

const PARTS_OF_TIME = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Seconds as {@link readDuration} reads them back, to a thousandth: `90 s` is `1 min 30 s`. */
export function durationText(seconds: number): string {
  let left = seconds;
  const words: string[] = [];
  for (const [unit, size] of PARTS_OF_TIME) {
    const amount = unit === 's' ? Number(left.toFixed(3)) : Math.floor(left / size);
    if (amount > 0) words.push(`${amount} ${unit}`);
    left -= amount * size;
  }
  return words.join(' ') || '0 s';
}
