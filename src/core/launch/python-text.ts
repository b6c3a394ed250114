import type { Json } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';

/**
 * A value as `ast.literal_eval` of Python reads it back: `True`, `None`, `{'a': [1]}`. What JSON writes
 * in quotes, Python reads as the same text.
 */
export function pythonLiteral(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  if (isRecord(value)) {
    const entries = Object.entries(value).map(
      ([key, each]) => `${JSON.stringify(key)}: ${pythonLiteral(each)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  return JSON.stringify(value);
}

const PLAIN_TEXT = /^[A-Za-z_/.~][\w/.:@%+-]*$/;
const NO_TEXT = /^(?:True|False|None|\.+\d.*|\.\.\.)$/;

/**
 * As {@link pythonLiteral}, but with no quotes around text that no Python literal looks like: programs
 * that try `literal_eval` take such words as they stand.
 */
export function pythonWord(value: Json): string {
  const isPlain = typeof value === 'string' && PLAIN_TEXT.test(value) && !NO_TEXT.test(value);
  return isPlain ? value : pythonLiteral(value);
}
