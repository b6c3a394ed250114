import { parse, stringify, TomlError } from 'smol-toml';
import type { Json, JsonValues } from '../../../shared/domain/json.ts';
import { isRecord } from '../../../shared/is-record.ts';
import { mergeJson, ownValue } from '../json.ts';
import { changesOf, sameData, type Change } from './changes.ts';
import { EditFault, isCrlf, REWRITTEN, type Edited } from './edited.ts';
import { scanToml, type TomlEntry, type TomlSection } from './toml-scan.ts';
import { tomlPath, tomlValue } from './toml-text.ts';

/**
 * A TOML text with `over` merged in: values are replaced where they stand, new keys go behind those of
 * their table, so that comments and order are kept. @throws EditFault
 */
export function editToml(text: string, over: JsonValues): Edited {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain = text.slice(mark.length);
  const base = readToml(plain);
  const merged = mergeJson(base, over);
  const changes = changesOf(base, over);
  for (const { value } of changes) tomlValue(value);
  const edited = new Editor(plain, merged).edit(changes);
  if (edited !== null && sameData(tryRead(edited), merged))
    return { text: mark + edited, note: null };
  const written = stringify(merged);
  const lines = isCrlf(plain) ? written.replaceAll('\n', '\r\n') : written;
  return { text: mark + lines, note: REWRITTEN };
}

/** Dates are objects of the parser, which are compared and written as they are. */
function readToml(text: string): JsonValues {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' }) as JsonValues;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new EditFault(`is no valid TOML at line ${error.line}`);
  }
}

function tryRead(text: string): unknown {
  try {
    return readToml(text);
  } catch {
    return undefined;
  }
}

/** Text to put in the place of other text. */
interface Splice {
  start: number;
  end: number;
  text: string;
}

class Editor {
  readonly #text: string;
  readonly #merged: JsonValues;
  /** All by their path as JSON: values, tables by header, tables that dotted keys make, all tables. */
  readonly #entries = new Map<string, TomlEntry>();
  readonly #headers = new Map<string, TomlSection>();
  readonly #dotted = new Map<string, TomlSection>();
  readonly #tables = new Set<string>();
  readonly #eol: string;
  readonly #splices: Splice[] = [];
  readonly #replaced = new Set<TomlEntry>();
  /** Tables that are not there yet, with the lines to be written in them, by their header. */
  readonly #added = new Map<string, string[]>();

  constructor(text: string, merged: JsonValues) {
    this.#text = text;
    this.#merged = merged;
    this.#eol = isCrlf(text) ? '\r\n' : '\n';
    for (const section of scanToml(text)) this.#index(section);
  }

  #index(section: TomlSection): void {
    const { path, isItem, entries } = section;
    for (const table of prefixes(path)) this.#tables.add(table);
    if (!isItem) this.#headers.set(JSON.stringify(path), section);
    for (const entry of entries) {
      const whole = [...path, ...entry.key];
      if (!isItem) this.#entries.set(JSON.stringify(whole), entry);
      for (const table of prefixes(whole)) this.#tables.add(table);
      if (!isItem) this.#indexDotted(section, whole);
    }
  }

  /** The tables that the entry makes by the dots in its key. */
  #indexDotted(section: TomlSection, whole: readonly string[]): void {
    for (const table of prefixes(whole).slice(section.path.length, -1)) {
      if (!this.#dotted.has(table)) this.#dotted.set(table, section);
    }
  }

  /** Null where a change has no place of its own. */
  edit(changes: readonly Change[]): string | null {
    for (const change of changes) if (!this.#apply(change)) return null;
    const text = this.#spliced();
    const tables = [...this.#added].map(([header, lines]) => [header, ...lines].join(this.#eol));
    if (tables.length === 0) return text;
    const apart = this.#eol.repeat(text === '' ? 0 : text.endsWith('\n') ? 1 : 2);
    return text + apart + tables.join(this.#eol.repeat(2)) + this.#eol;
  }

  #spliced(): string {
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end, text } of this.#splices.toSorted((a, b) => a.start - b.start)) {
      pieces.push(this.#text.slice(at, start), text);
      at = end;
    }
    return [...pieces, this.#text.slice(at)].join('');
  }

  #apply({ path, value }: Change): boolean {
    const found = this.#entryOn(path);
    if (found) return this.#replace(found.entry, found.path, path.length, value);
    if (this.#isTable(path)) return false;
    return this.#add(path, value);
  }

  /** The entry that is the value, or an inline table around it. */
  #entryOn(path: readonly string[]): { entry: TomlEntry; path: string[] } | null {
    for (let length = 1; length <= path.length; length += 1) {
      const whole = path.slice(0, length);
      const entry = this.#entries.get(JSON.stringify(whole));
      if (entry) return { entry, path: whole };
    }
    return null;
  }

  #replace(entry: TomlEntry, path: readonly string[], depth: number, value: Json): boolean {
    if (this.#replaced.has(entry)) return true;
    this.#replaced.add(entry);
    const { start, end } = entry;
    const isFloat = /^[-+]?\d[\d_]*(?:\.|e)/i.test(this.#text.slice(start, end));
    const text = path.length === depth ? tomlValue(value, isFloat) : tomlValue(this.#at(path));
    this.#splices.push({ start, end, text });
    return true;
  }

  #at(path: readonly string[]): Json {
    let value: Json = this.#merged;
    for (const key of path) value = isRecord(value) ? (ownValue(value, key) ?? null) : null;
    return value;
  }

  /** Whether it is spread over entries or headers, so that no one value can be put in its place. */
  #isTable(path: readonly string[]): boolean {
    return this.#tables.has(JSON.stringify(path));
  }

  #add(path: readonly string[], value: Json): boolean {
    const table = path.slice(0, -1);
    const section = this.#headers.get(JSON.stringify(table));
    if (section) return this.#addTo(section, path.slice(-1), value);
    // Keys that are written dotted cannot be given a header as well.
    const dotted = this.#dotted.get(JSON.stringify(table));
    if (dotted) return this.#addTo(dotted, path.slice(dotted.path.length), value);
    const header = `[${tomlPath(table)}]`;
    const lines = this.#added.get(header) ?? [];
    this.#added.set(header, [...lines, `${tomlPath(path.slice(-1))} = ${tomlValue(value)}`]);
    return true;
  }

  #addTo(section: TomlSection, key: readonly string[], value: Json): boolean {
    const line = `${tomlPath(key)} = ${tomlValue(value)}`;
    const isTop = section.end === 0;
    const text = isTop ? line + this.#eol : this.#eol + line;
    const there = this.#splices.find(
      ({ start, end }) => start === section.end && end === section.end,
    );
    if (there) there.text += text;
    else this.#splices.push({ start: section.end, end: section.end, text });
    return true;
  }
}

/** Of a path, as JSON, from its first key to the whole. */
const prefixes = (path: readonly string[]): string[] =>
  path.map((_key, index) => JSON.stringify(path.slice(0, index + 1)));
