/** Whole and broken numbers, with an exponent or not, and what Python prints for those that are none. */
const NUMBER =
  /[+-]?(?:\d{1,40}(?:\.\d{0,40})?(?:e[+-]?\d{1,5})?(?!\d)|\.\d{1,40}(?:e[+-]?\d{1,5})?(?!\d)|(?:nan|inf(?:inity)?)(?!\w))/iy;

/**
 * The number that begins at `at`, as a program prints it: `3`, `-0.5`, `1e-3`, `nan`, `inf`. A unit may
 * follow it. Digits without end are none: looking at them all, from everywhere, would take long.
 */
export function numberAt(line: string, at: number): { value: number; end: number } | null {
  NUMBER.lastIndex = at;
  const found = NUMBER.exec(line)?.[0];
  if (found === undefined) return null;
  return { value: toNumber(found), end: at + found.length };
}

function toNumber(text: string): number {
  const word = /[a-z]+$/i.exec(text)?.[0].toLowerCase();
  if (word === undefined) return Number(text);
  if (word === 'nan') return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
