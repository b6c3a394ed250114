import type { Json, JsonValues } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';
import { RESOURCE_VARIABLE } from '../../shared/resource-template.ts';

const ALONE = /^\{\{\s*(\w+)\s*\}\}$/;

export type VariableValues = Readonly<Record<string, string | number>>;

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
  return text.replaceAll(RESOURCE_VARIABLE, (all, name: string) => String(value(name) ?? all));
}
