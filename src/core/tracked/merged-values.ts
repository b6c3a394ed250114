import { noValues } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';
import { parseValue } from './json-values.ts';
import type { Item } from './wire-parts.ts';
import type { TrackedValues } from './tracked-run.ts';

/** What is kept of all names and values together, in bytes. */
const SIZE_LIMIT = 32 << 20;
const NAMES_LIMIT = 100_000;

interface Entry {
  path: readonly string[];
  /** The JSON of the value, in a buffer that may be longer. */
  json: Buffer;
  /** Bytes of it; -1: removed. */
  length: number;
  /** Position of the update among all of them. */
  order: number;
}

/**
 * A config or summary as the sum of its updates. A summary is recorded anew with every step, so only
 * the last bytes of each name are kept, and read at the end.
 */
export class MergedValues {
  readonly #entries = new Map<string, Entry>();
  #order = 0;
  #size = 0;
  /** Whether something did not fit. */
  #full = false;

  update(items: readonly Item[]): void {
    for (const item of items) {
      const entry = this.#entry(item.path);
      const length = item.end - item.start;
      if (this.#makeRoom(entry, length)) copyValue(item, entry.json);
      entry.length = length <= entry.json.length ? length : -1;
    }
  }

  remove(items: readonly Item[]): void {
    for (const { path } of items) this.#entry(path).length = -1;
  }

  /** The values, and what is wrong with them in sentences. */
  finish(): { values: TrackedValues; problems: string[] } {
    const values = noValues();
    const problems = this.#full ? ['There are too many values: some are left out.'] : [];
    const entries = [...this.#entries.values()].sort((a, b) => a.order - b.order);
    for (const { path, json, length } of entries) {
      try {
        if (length < 0) removeAt(values, path);
        else setAt(values, path, json.toString('utf8', 0, length));
      } catch {
        problems.push(`The value of "${path.join('.').slice(0, 200)}" cannot be read.`);
      }
    }
    return { values, problems };
  }

  #makeRoom(entry: Entry, length: number): boolean {
    if (length <= entry.json.length) return true;
    // More than is needed now: the next value is seldom of the same length.
    const room = length < 64 ? 64 : length;
    const size = this.#size + room - entry.json.length;
    if (size > SIZE_LIMIT) {
      this.#full = true;
      return false;
    }
    this.#size = size;
    entry.json = Buffer.alloc(room);
    return true;
  }

  /** The entry of a path, which is from now on the newest of all. */
  #entry(path: readonly string[]): Entry {
    const key = path.length === 1 ? `${path[0]}` : `\0${JSON.stringify(path)}`;
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { path, json: NOTHING, length: -1, order: 0 };
      this.#size += key.length;
      if (this.#entries.size < NAMES_LIMIT && this.#size <= SIZE_LIMIT)
        this.#entries.set(key, entry);
      else this.#full = true;
    }
    entry.order = ++this.#order;
    return entry;
  }
}

const NOTHING = Buffer.alloc(0);

/** A loop, since most values are shorter than a call of `copy` takes. */
function copyValue({ bytes, start, end }: Item, target: Buffer): void {
  if (end - start > 64) bytes.copy(target, 0, start, end);
  else for (let at = start; at < end; at++) target[at - start] = bytes[at] ?? 0;
}

function setAt(values: TrackedValues, path: readonly string[], json: string): void {
  let folder = values;
  for (const name of path.slice(0, -1)) {
    const inner = folder[name];
    folder = isRecord(inner) ? inner : (folder[name] = noValues());
  }
  folder[path.at(-1) ?? ''] = parseValue(json);
}

function removeAt(values: TrackedValues, path: readonly string[]): void {
  let folder = values;
  for (const name of path.slice(0, -1)) {
    const inner = folder[name];
    if (!isRecord(inner)) return;
    folder = inner;
  }
  delete folder[path.at(-1) ?? ''];
}
