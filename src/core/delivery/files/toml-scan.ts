import { EditFault } from './edited.ts';

/** One `key = value`, with where the value is in the text. */
export interface TomlEntry {
  /** Keys from that of its section on; dotted ones are several. */
  key: string[];
  start: number;
  end: number;
}

/** What stands under one header; the first is what stands before any, and has none. */
export interface TomlSection {
  path: string[];
  /** `[[path]]`: one table of a list. */
  isItem: boolean;
  entries: TomlEntry[];
  /** Behind its last entry, or its header: where an entry can be added. 0 where there is neither. */
  end: number;
}

/** The places of keys and values in a text that is known to be valid TOML. */
export function scanToml(text: string): TomlSection[] {
  return new Scanner(text).sections();
}

const BLANK = /[ \t]*/y;
const SPACE = /(?:[ \t\r\n]|#[^\n]*)*/y;
const BARE = /[A-Za-z0-9_-]+/y;
const STRINGS = [
  /"""(?:[^\\]|\\[\s\S])*?"{3,5}(?!")/y,
  /'''[\s\S]*?'{3,5}(?!')/y,
  /"(?:[^"\\\n]|\\.)*"/y,
  /'[^'\n]*'/y,
];
/** Numbers, dates (also with a blank in them) and truth values. */
const WORD = /\d{4}-\d\d-\d\d \d[^\s,\]}#]*|[^\s,\]}#]+/y;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  sections(): TomlSection[] {
    let section: TomlSection = { path: [], isItem: false, entries: [], end: 0 };
    const all = [section];
    for (this.#skip(SPACE); this.#at < this.#text.length; this.#skip(SPACE)) {
      if (this.#text[this.#at] === '[') {
        section = this.#header();
        all.push(section);
      } else {
        section.entries.push(this.#entry());
      }
      section.end = this.#lineEnd();
    }
    return all;
  }

  #header(): TomlSection {
    const isItem = this.#text.startsWith('[[', this.#at);
    this.#at += isItem ? 2 : 1;
    const path = this.#key();
    this.#expect(isItem ? ']]' : ']');
    return { path, isItem, entries: [], end: this.#at };
  }

  #entry(): TomlEntry {
    const key = this.#key();
    this.#expect('=');
    this.#skip(BLANK);
    const start = this.#at;
    this.#value();
    return { key, start, end: this.#at };
  }

  #key(): string[] {
    const parts: string[] = [];
    for (;;) {
      this.#skip(BLANK);
      parts.push(this.#keyPart());
      this.#skip(BLANK);
      if (this.#text[this.#at] !== '.') return parts;
      this.#at += 1;
    }
  }

  #keyPart(): string {
    const quote = this.#text[this.#at];
    if (quote === "'") return this.#string().slice(1, -1);
    return quote === '"' ? unescaped(this.#string()) : this.#take(BARE);
  }

  #value(): void {
    const first = this.#text[this.#at];
    if (first === '"' || first === "'") this.#string();
    else if (first === '[') this.#list(']', () => this.#value());
    else if (first === '{') this.#list('}', () => this.#entry());
    else this.#take(WORD);
  }

  #list(close: string, item: () => unknown): void {
    this.#at += 1;
    for (this.#skip(SPACE); this.#text[this.#at] !== close; this.#skip(SPACE)) {
      if (this.#text[this.#at] === ',') this.#at += 1;
      else item();
    }
    this.#at += 1;
  }

  #string(): string {
    for (const form of STRINGS) {
      const found = this.#match(form);
      if (found !== null) return found;
    }
    throw new EditFault('has text that cannot be read');
  }

  /** The end of the line, without the break. */
  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    if (end < 0) return this.#text.length;
    return this.#text[end - 1] === '\r' ? end - 1 : end;
  }

  #expect(word: string): void {
    this.#skip(BLANK);
    if (!this.#text.startsWith(word, this.#at)) throw new EditFault('cannot be taken apart');
    this.#at += word.length;
  }

  #take(form: RegExp): string {
    const found = this.#match(form);
    if (found === null || found === '') throw new EditFault('cannot be taken apart');
    return found;
  }

  #skip(form: RegExp): void {
    this.#match(form);
  }

  #match(form: RegExp): string | null {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001B', '"': '"', '\\': '\\' },
};

const unescaped = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(/\\(?:u([\da-f]{4})|U([\da-f]{8})|x([\da-f]{2})|(.))/gi, (_all, u, U, x, letter) => {
      const hex: string | undefined = u ?? U ?? x;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return ESCAPES[String(letter)] ?? '';
    });
