import type { Json } from './domain/json.ts';
import { isRecord } from './is-record.ts';

/** Where W&B Launch nests the resources of what runs on this machine. */
export const LOCAL_RESOURCES: readonly string[] = ['local-container', 'local-process'];

/** A variable in a text of the resources of a queue: `{{name}}`, as in W&B Launch. */
export const RESOURCE_VARIABLE = /\{\{\s*(\w+)\s*\}\}/g;

/** The names within `{{name}}` in the texts of a value, each once. Names of an object are no place for them. */
export function variablesIn(value: Json): string[] {
  const found = new Set<string>();
  eachText(value, (text) => {
    for (const [, name] of text.matchAll(RESOURCE_VARIABLE)) found.add(name!);
  });
  return [...found];
}

function eachText(value: Json, see: (text: string) => void): void {
  if (typeof value === 'string') see(value);
  else if (Array.isArray(value)) for (const each of value) eachText(each, see);
  else if (isRecord(value)) for (const each of Object.values(value)) eachText(each, see);
}
