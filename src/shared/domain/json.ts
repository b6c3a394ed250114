import * as z from 'zod/mini';

/** A value that JSON can express. */
export type Json = z.core.util.JSONType;

/** Values by name. */
export type JsonValues = Record<string, Json>;

/** An object without names behind that of an object: V8 is several times slower with one that has none. */
const NO_NAMES: object = Object.freeze(Object.create(null));

/** No values yet, and no names inherited: `values['__proto__'] = 1` is an assignment like any other. */
export const noValues = (): JsonValues => Object.create(NO_NAMES) as JsonValues;

/** Values within one value that are looked at: what has more, or holds itself, is refused as a whole. */
const MOST = 2_000_000;

/**
 * Whether something is data that JSON can express. Without recursion, and it copies nothing: names such
 * as `__proto__` are data like any other. How deep and how large it may be is for the reader to say.
 */
export function isJson(value: unknown): value is Json {
  const open: unknown[] = [value];
  for (let seen = 0; open.length > 0; seen++) {
    const next = open.pop();
    if (seen > MOST) return false;
    if (Array.isArray(next)) {
      for (const each of next) open.push(each);
    } else if (isPlain(next)) {
      for (const name of Object.keys(next)) open.push(next[name]);
    } else if (!isScalar(next)) return false;
  }
  return true;
}

/** Any value that JSON can express. */
export const jsonSchema = z.custom<Json>(isJson);

/** Values by name; unlike `z.record`, it neither copies nor loses a name. */
export const jsonValuesSchema = z.custom<JsonValues>((value) => isPlain(value) && isJson(value));

const isScalar = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

/** An object of names and values, of whatever window or thread. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const parent: unknown = Object.getPrototypeOf(value);
  return parent === null || Object.getPrototypeOf(parent) === null;
}
