import type { InputField } from '../../shared/domain/inputs.ts';
import { scriptOf } from '../detect/runners.ts';
import type { ArgumentTarget } from './argument-words.ts';

/** An input that is an argument of the command. */
export interface Argument {
  field: InputField;
  target: ArgumentTarget;
}

/** Something of an entry point behind its script. */
export type Item =
  | { kind: 'argument'; name: string; words: string[] }
  | { kind: 'positional'; word: string }
  /** The word `with` of sacred; `--`, behind which nothing is an option. */
  | { kind: 'with' | 'dashes' }
  /** What no input is known for. */
  | { kind: 'other'; words: string[] };

/** The words of one command of a program with sub-commands: those before the first belong to `[]`. */
export interface Segment {
  command: string[];
  items: Item[];
}

export interface EntryWords {
  /** The program, its script, and what stands between. */
  head: string[];
  segments: Segment[];
}

/** Takes the words that start a program apart, as far as the arguments of its inputs tell. */
export function readEntryWords(words: readonly string[], known: readonly Argument[]): EntryWords {
  const start = argumentStart(words);
  const walk = new Walk(words.slice(start), known);
  return { head: words.slice(0, start), segments: walk.segments() };
}

/** Where the arguments of the program begin. */
function argumentStart(words: readonly string[]): number {
  const script = scriptOf(words);
  if (script?.kind === 'program') return 1;
  const isScript = (word: string): boolean =>
    script === null
      ? word.endsWith('.py')
      : script.kind === 'module'
        ? word === script.name || word.endsWith(`m${script.name}`)
        : word === script.path;
  const at = words.findIndex((word, index) => index > 0 && isScript(word));
  return at < 0 ? Math.min(1, words.length) : at + 1;
}

const isDashed = (word: string): boolean => word.length > 1 && word.startsWith('-');
const NEGATIVE_NUMBER = /^-\d+$|^-\d*\.\d+$/;

class Walk {
  readonly #words: readonly string[];
  readonly #byCommand: ReadonlyMap<string, FlagIndex>;
  readonly #commands: ReadonlySet<string>;
  #at = 0;

  constructor(words: readonly string[], known: readonly Argument[]) {
    this.#words = words;
    const commands = new Set(known.map(({ field }) => field.command ?? ''));
    const of = (name: string): Argument[] =>
      known.filter(({ field }) => (field.command ?? '') === name);
    this.#byCommand = new Map([...commands].map((name) => [name, new FlagIndex(of(name))]));
    this.#commands = new Set(known.flatMap(({ field }) => commandsOf(field.command)));
  }

  segments(): Segment[] {
    let segment: Segment = { command: [], items: [] };
    const segments = [segment];
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at] ?? '';
      if (this.#commands.has([...segment.command, word].join(' '))) {
        segment = { command: [...segment.command, word], items: [] };
        segments.push(segment);
        this.#at += 1;
      } else if (word === '--') {
        this.#at += 1;
        segment.items.push({ kind: 'dashes' }, ...this.#rest());
      } else {
        segment.items.push(this.#item(word, segment.command));
      }
    }
    return segments;
  }

  #rest(): Item[] {
    const rest = this.#words.slice(this.#at);
    this.#at = this.#words.length;
    return rest.map((word) => ({ kind: 'positional', word }));
  }

  #item(word: string, command: readonly string[]): Item {
    const own = this.#byCommand.get(command.join(' ')) ?? new FlagIndex([]);
    const found = own.find(word);
    const start = this.#at;
    this.#at += 1;
    if (found) {
      this.#at += this.#valuesBehind(word, found.target);
      const words = this.#words.slice(start, this.#at);
      return { kind: 'argument', name: found.field.name, words };
    }
    if (word === 'with' && own.isSacred) return { kind: 'with' };
    if (!isDashed(word)) return { kind: 'positional', word };
    // What it means is not known: the word behind it may be its value.
    if (!word.includes('=') && this.#isValue(this.#at, command)) this.#at += 1;
    return { kind: 'other', words: this.#words.slice(start, this.#at) };
  }

  /** How many words behind a flag are its values. */
  #valuesBehind(word: string, { flag, style, multiple }: ArgumentTarget): number {
    if (word !== flag || (style !== 'space' && style !== 'equals')) return 0;
    if (multiple !== 'words') return this.#at < this.#words.length ? 1 : 0;
    let count = 0;
    while (this.#isValue(this.#at + count, [])) count += 1;
    return count;
  }

  #isValue(at: number, command: readonly string[]): boolean {
    const word = this.#words[at];
    if (word === undefined || this.#commands.has([...command, word].join(' '))) return false;
    return !isDashed(word) || NEGATIVE_NUMBER.test(word);
  }
}

/** `users create` is two commands: `users`, and `create` in it. */
function commandsOf(command: string | null): string[] {
  const words = (command ?? '').split(' ').filter(Boolean);
  return words.map((_, index) => words.slice(0, index + 1).join(' '));
}

/** Finds the argument that a word is or begins: `--lr`, `--lr=1`, `-x1`, `+model.width=3`. */
class FlagIndex {
  readonly isSacred: boolean;
  readonly #flags = new Map<string, Argument>();
  readonly #keys = new Map<string, Argument>();

  constructor(known: readonly Argument[]) {
    this.isSacred = known.some(({ target }) => target.style === 'sacred');
    for (const argument of known) {
      const { flag, negative, style } = argument.target;
      const isKey = style === 'hydra' || style === 'sacred';
      const names = [flag, negative].filter((name) => name !== null);
      for (const name of names) (isKey ? this.#keys : this.#flags).set(name, argument);
    }
  }

  find(word: string): Argument | undefined {
    const [name = ''] = word.split('=', 1);
    const isPair = name.length < word.length;
    const key = isPair ? this.#keys.get(name.replace(/^\+{1,2}/, '')) : undefined;
    return key ?? this.#flags.get(word) ?? (isPair ? this.#flags.get(name) : this.#attached(word));
  }

  /** `-x1`: a value right behind a flag of one letter. */
  #attached(word: string): Argument | undefined {
    const found = /^-[^-]/.test(word) ? this.#flags.get(word.slice(0, 2)) : undefined;
    return found?.target.style === 'space' ? found : undefined;
  }
}
