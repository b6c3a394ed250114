import type { Json, JsonValues } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';

const VARIABLE = /\{\{\s*(\w+)\s*\}\}/g;
const ALONE = /^\{\{\s*(\w+)\s*\}\}$/;

export type VariableValues = Readonly<Record<string, string | number>>;

/** The names within `{{name}}` in the texts of a value, each once. Names of an object are no place for them. */
export function variablesIn(value: Json): string[] {
  const found = new Set<string>();
  eachText(value, (text) => {
    for (const [, name] of text.matchAll(VARIABLE)) found.add(name!);
  });
  return [...found];
}

/**
 * A copy with `{{name}}` replaced by the values. A text that is nothing but a variable becomes its value with
 * its type, as in W&B; what has no value stays as it is.
 */
export function fillIn(values: JsonValues, variables: VariableValues): JsonValues {
  const value = (name: string): string | number | undefined =>
    Object.hasOwn(variables, name) ? variables[name] : undefined;
  const filled = (json: Json): Json => {
    if (typeof json === 'string') return filledText(json, value);
    if (Array.isArray(json)) return json.map(filled);
    if (!isRecord(json)) return json;
    return Object.fromEntries(Object.entries(json).map(([name, each]) => [name, filled(each)]));
  };
  return filled(values) as JsonValues;
}

function filledText(
  text: string,
  value: (name: string) => string | number | undefined,
): string | number {
  const [, alone] = ALONE.exec(text) ?? [];
  if (alone !== undefined) return value(alone) ?? text;
  return text.replaceAll(VARIABLE, (all, name: string) => String(value(name) ?? all));
}

function eachText(value: Json, see: (text: string) => void): void {
  if (typeof value === 'string') see(value);
  else if (Array.isArray(value)) for (const each of value) eachText(each, see);
  else if (isRecord(value)) for (const each of Object.values(value)) eachText(each, see);
}
