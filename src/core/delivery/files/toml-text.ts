import type { Json } from '../../../shared/domain/json.ts';
import { EditFault } from './edited.ts';

/** A value as TOML has it, on one line. @throws EditFault for null, which TOML does not have */
export function tomlValue(value: Json, isFloat = false): string {
  if (value === null) throw new EditFault('cannot hold null: TOML has none');
  if (typeof value === 'string') return tomlString(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return tomlNumber(value, isFloat);
  if (Array.isArray(value)) return `[${value.map((each) => tomlValue(each)).join(', ')}]`;
  const entries = Object.keys(value).map(
    (key) => `${tomlKey(key)} = ${tomlValue(value[key] ?? null)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

export const tomlKey = (key: string): string =>
  /^[A-Za-z0-9_-]+$/.test(key) ? key : tomlString(key);

export const tomlPath = (path: readonly string[]): string => path.map(tomlKey).join('.');

/** JSON escapes what TOML does, but for the one control character that it leaves as it is. */
const tomlString = (text: string): string => JSON.stringify(text).replaceAll('\u007F', '\\u007f');

function tomlNumber(value: number, isFloat: boolean): string {
  const text = String(value);
  // What is beyond 64 bits has to be a float.
  const isInteger = Number.isInteger(value) && Math.abs(value) < 2 ** 63 && !isFloat;
  return isInteger || /[.e]/.test(text) ? text : `${text}.0`;
}
