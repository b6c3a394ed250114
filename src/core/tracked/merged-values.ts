import { isValues, noValues, parseValue } from './json-values.ts';
import type { Item } from './wire-parts.ts';
import type { TrackedValues } from './tracked-run.ts';

/** What is kept of all values together, in characters of their JSON. */
const SIZE_LIMIT = 32 << 20;
const NAMES_LIMIT = 100_000;

interface Entry {
  path: readonly string[];
  /** Null: removed. */
  json: string | null;
  /** Position of the update among all of them. */
  order: number;
}

/**
 * A config or summary as the sum of its updates. A summary is recorded anew with every step, so only
 * the last text of each name is kept, and read at the end.
 */
export class MergedValues {
  readonly #entries = new Map<string, Entry>();
  #order = 0;
  #size = 0;
  /** Whether something did not fit. */
  #full = false;

  update(items: readonly Item[]): void {
    for (const { path, json } of items) this.#set(path, json);
  }

  remove(items: readonly Item[]): void {
    for (const { path } of items) this.#set(path, null);
  }

  /** The values, and what is wrong with them in sentences. */
  finish(): { values: TrackedValues; problems: string[] } {
    const values = noValues();
    const problems = this.#full ? ['There are too many values: some are left out.'] : [];
    const entries = [...this.#entries.values()].sort((a, b) => a.order - b.order);
    for (const { path, json } of entries) {
      try {
        if (json === null) removeAt(values, path);
        else setAt(values, path, json);
      } catch {
        problems.push(`The value of "${path.join('.').slice(0, 200)}" cannot be read.`);
      }
    }
    return { values, problems };
  }

  #set(path: readonly string[], json: string | null): void {
    if (path.length === 0) return;
    const key = path.length === 1 ? `${path[0]}` : `\0${JSON.stringify(path)}`;
    const entry = this.#entries.get(key);
    this.#size += (json?.length ?? 0) - (entry?.json?.length ?? -key.length);
    if (entry) {
      entry.json = json;
      entry.order = ++this.#order;
    } else this.#entries.set(key, { path, json, order: ++this.#order });
    if (this.#size > SIZE_LIMIT || this.#entries.size > NAMES_LIMIT) this.#drop(key);
  }

  #drop(key: string): void {
    this.#size -= key.length + (this.#entries.get(key)?.json?.length ?? 0);
    this.#entries.delete(key);
    this.#full = true;
  }
}

function setAt(values: TrackedValues, path: readonly string[], json: string): void {
  let folder = values;
  for (const name of path.slice(0, -1)) {
    const inner = folder[name];
    folder = isValues(inner) ? inner : (folder[name] = noValues());
  }
  folder[path.at(-1) ?? ''] = parseValue(json);
}

function removeAt(values: TrackedValues, path: readonly string[]): void {
  let folder = values;
  for (const name of path.slice(0, -1)) {
    const inner = folder[name];
    if (!isValues(inner)) return;
    folder = inner;
  }
  delete folder[path.at(-1) ?? ''];
}
