import { constant, type DictEntry, type DictValue, type Value } from './values.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Values looked at for one JSON value, so that what holds itself comes to an end. */
const NODE_LIMIT = 5000;
const DEPTH_LIMIT = 40;
/** Longest text that is put together. */
const TEXT_LIMIT = 50_000;

interface Budget {
  left: number;
}

/** The value as JSON (tuples as lists, paths as texts); undefined when it is not wholly known. */
export const toJson = (value: Value | undefined): Json | undefined =>
  jsonOf(value, { left: NODE_LIMIT }, 0);

function jsonOf(value: Value | undefined, budget: Budget, depth: number): Json | undefined {
  budget.left -= 1;
  if (budget.left < 0 || depth > DEPTH_LIMIT) return undefined;
  switch (value?.kind) {
    case 'constant':
      return value.value;
    case 'text':
      return value.known ? value.text : undefined;
    case 'list': {
      const items = value.items.map((each) => jsonOf(each, budget, depth + 1));
      return items.includes(undefined) ? undefined : (items as Json[]);
    }
    case 'dict':
      return dictJson(value, budget, depth + 1);
    default:
      return undefined;
  }
}

function dictJson(value: DictValue, budget: Budget, depth: number): Json | undefined {
  const entries = [...value.entries.values()].map(
    (entry) => [entry.key, jsonOf(entry.value, budget, depth)] as const,
  );
  if (entries.some(([, json]) => json === undefined)) return undefined;
  return Object.fromEntries(entries) as Json;
}

/** The reverse of {@link toJson}; where nothing tells, a whole number is an integer. */
export function fromJson(json: Json): Value {
  if (Array.isArray(json)) return { kind: 'list', items: json.map(fromJson), tuple: false };
  if (typeof json !== 'object' || json === null) {
    return constant(json, typeof json === 'number' && !Number.isInteger(json));
  }
  const evidence = { file: '', line: 1 };
  const entries = Object.entries(json).map(([key, value]): [string, DictEntry] => [
    key,
    { key, value: fromJson(value), evidence },
  ]);
  return { kind: 'dict', entries: new Map(entries) };
}

/** The text of a string constant or of a wholly known path. */
export function textOf(value: Value | undefined): string | undefined {
  const json = toJson(value);
  return typeof json === 'string' ? json : undefined;
}

/** How a value is written as part of a path: what is not known is `*`, a parameter is `{name}`. */
export function pathText(value: Value | undefined): string {
  if (value?.kind === 'text') return value.text;
  if (value?.kind === 'constant') return value.value === null ? '*' : String(value.value);
  if (value?.kind === 'native' && value.native.text !== undefined) return `{${value.native.text}}`;
  return '*';
}

/** A text or path joined of parts. */
export function joinedText(parts: readonly Value[], separator: string, path: boolean): Value {
  const known = parts.every((part) => textOf(part) !== undefined || part.kind === 'constant');
  const text = joined(parts.map(pathText), separator);
  if (text.length > TEXT_LIMIT) return { kind: 'text', text: '*', path, known: false };
  return known && !path ? constant(text) : { kind: 'text', text, path, known };
}

/** As `os.path.join`: an absolute part starts anew, no slash is doubled. */
function joined(parts: readonly string[], separator: string): string {
  if (separator !== '/') return parts.join(separator);
  let result = '';
  for (const part of parts) {
    if (part.startsWith('/') || result === '') result = part;
    else if (part !== '') result = `${result.replace(/\/$/, '')}/${part}`;
  }
  return result;
}

/** Whether Python takes it for true; undefined when that is not known. */
export function truth(value: Value): boolean | undefined {
  if (value.kind === 'constant') return Boolean(value.value);
  if (value.kind === 'list') return value.items.length > 0;
  if (value.kind === 'dict') return value.entries.size > 0;
  if (value.kind === 'function' || value.kind === 'class' || value.kind === 'module') return true;
  return undefined;
}
