import { TomlDate } from 'smol-toml';
import { noValues, type Json, type JsonValues } from '../../../shared/domain/json.ts';
import { DocumentFault } from './fault.ts';
import { Budget, type DocumentLimits } from './limits.ts';

/**
 * What a reader of YAML or TOML gives (maps or objects, big integers, dates) as values of JSON.
 * @throws DocumentFault naming the path of what JSON cannot express exactly
 */
export function toValues(root: unknown, limits?: DocumentLimits): JsonValues {
  const budget = new Budget(limits);
  const convert = (item: unknown, path: string[]): Json => {
    budget.value(0);
    if (!isHolder(item)) return scalar(item, path);
    budget.value(path.length + 1);
    if (Array.isArray(item)) return item.map((each, at) => convert(each, [...path, String(at)]));
    const values = noValues();
    for (const [name, value] of membersOf(item)) {
      budget.key();
      const own = nameOf(name, path);
      if (Object.hasOwn(values, own)) throw unfit(path, `"${own}" is there twice.`, null);
      values[own] = convert(value, [...path, own]);
    }
    return values;
  };
  return convert(root, []) as JsonValues;
}

/** A list, a map or a table; neither the dates of TOML nor the bytes and sets of YAML. */
function isHolder(item: unknown): item is object {
  if (typeof item !== 'object' || item === null) return false;
  if (Array.isArray(item) || item instanceof Map) return true;
  const parent: unknown = Object.getPrototypeOf(item);
  return parent === null || parent === Object.prototype;
}

const membersOf = (item: object): Iterable<[unknown, unknown]> =>
  item instanceof Map ? (item.entries() as Iterable<[unknown, unknown]>) : Object.entries(item);

/** `1: x` has the name "1", as in JSON. */
function nameOf(name: unknown, path: string[]): string {
  const isPlain = ['string', 'number', 'bigint', 'boolean'].includes(typeof name);
  if (name !== null && !isPlain) throw unfit(path, 'a name is no text.', 'Write it as text.');
  return text(String(name), path);
}

function scalar(item: unknown, path: string[]): Json {
  if (typeof item === 'string') return text(item, path);
  if (typeof item === 'bigint') {
    const number = Number(item);
    if (Number.isSafeInteger(number)) return number;
    throw unfit(path, 'the integer is beyond 2^53 and would be rounded.', 'Give it as text.');
  }
  if (typeof item === 'number') {
    if (Number.isFinite(item)) return item;
    throw unfit(path, `${item} is no number of JSON.`, 'Give a finite number, or null.');
  }
  if (typeof item === 'boolean') return item;
  if (item instanceof TomlDate) return item.toISOString();
  if (item === null || item === undefined) return null;
  throw unfit(path, 'the value is none that JSON can express.', 'Give it as text.');
}

function text(item: string, path: string[]): string {
  if (item.isWellFormed()) return item;
  throw unfit(path, 'half a character (a lone surrogate) stands in a text.', 'Remove it.');
}

function unfit(path: string[], what: string, next: string | null): DocumentFault {
  const where = path.length > 0 ? `at ${path.join('.')}: ` : '';
  return new DocumentFault('E_JSON', { place: null, text: `${where}${what}`, next });
}
