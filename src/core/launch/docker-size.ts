const UNITS = ['', 'k', 'm', 'g', 't', 'p'];

/**
 * A size as docker reads it, in bytes: `4g`, `512m`, `1.5GiB`, `100b`, `4096`; units are powers of 1024,
 * whatever they are called (`RAMInBytes` of go-units). Null for what is none.
 */
export function dockerSize(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  if (typeof value !== 'string') return null;
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?\s*$/i.exec(value) ?? [];
  if (number === '') return null;
  const bytes = Math.trunc(Number(number) * 1024 ** UNITS.indexOf(unit.toLowerCase()));
  return Number.isSafeInteger(bytes) ? bytes : null;
}
