import { noValues, type Json, type JsonValues } from '../../../shared/domain/json.ts';
import { notRoot } from './fault.ts';
import { JsonTokens } from './json-tokens.ts';
import { Budget, type DocumentLimits } from './limits.ts';

type Holder = { list: Json[] } | { values: JsonValues; name: string };

/**
 * Reads one JSON object, as RFC 8259 has it and stricter: a name stands there once, numbers are kept
 * exactly (integers within 2^53, no overflow) and texts hold whole characters. Without recursion.
 * @throws DocumentFault
 */
export function readJson(text: string, limits?: DocumentLimits): JsonValues {
  return new JsonReader(text, limits).read();
}

class JsonReader {
  readonly #tokens: JsonTokens;
  readonly #budget: Budget;
  readonly #open: Holder[] = [];
  readonly #place = () => this.#tokens.place();

  constructor(text: string, limits?: DocumentLimits) {
    this.#tokens = new JsonTokens(text);
    this.#budget = new Budget(limits);
  }

  read(): JsonValues {
    const { kind } = this.#tokens;
    if (kind !== '{') throw notRoot(WORDS[kind] ?? 'This', this.#place());
    const root = noValues();
    this.#enter({ values: root, name: '' });
    while (this.#open.length > 0) this.#step();
    if (this.#tokens.kind !== 'end') {
      this.#tokens.fail('there is more behind the last bracket.', 'Remove it.');
    }
    return root;
  }

  /** One member of the innermost list or object, with what stands behind it. */
  #step(): void {
    const holder = this.#open.at(-1)!;
    if ('values' in holder) this.#name(holder);
    const { kind } = this.#tokens;
    if (kind !== '{' && kind !== '[') {
      put(holder, this.#scalar());
      this.#leave();
      return;
    }
    const inner: Json = kind === '[' ? [] : noValues();
    put(holder, inner);
    this.#enter(Array.isArray(inner) ? { list: inner } : { values: inner, name: '' });
  }

  #enter(holder: Holder): void {
    this.#budget.value(this.#open.length + 1, this.#place);
    this.#open.push(holder);
    this.#tokens.next();
    if (this.#tokens.kind === endOf(holder)) {
      this.#tokens.next();
      this.#open.pop();
      this.#leave();
    }
  }

  /** What stands behind a value: a comma and another, or the ends of what is open. */
  #leave(): void {
    for (let holder = this.#open.at(-1); holder; holder = this.#open.at(-1)) {
      const end = endOf(holder);
      const { kind } = this.#tokens;
      if (kind === ',') return this.#comma(end);
      if (kind === 'end') this.#tokens.fail(`the text ends before "${end}".`, 'It was cut off.');
      if (kind !== end) this.#tokens.fail(`"," or "${end}" belongs here.`, null);
      this.#tokens.next();
      this.#open.pop();
    }
  }

  #comma(end: string): void {
    this.#tokens.next();
    if (this.#tokens.kind === end) {
      this.#tokens.fail(`there is a comma before "${end}".`, 'Remove the comma.');
    }
  }

  #name(holder: Extract<Holder, { values: JsonValues }>): void {
    const tokens = this.#tokens;
    if (tokens.kind === 'end') tokens.fail('the text ends before "}".', 'It was cut off.');
    if (tokens.kind !== 'string') tokens.fail('a name in double quotes belongs here.', null);
    this.#budget.key(this.#place);
    holder.name = this.#text();
    if (Object.hasOwn(holder.values, holder.name)) {
      tokens.fail(`"${holder.name}" is there twice.`, 'Remove one of them.');
    }
    tokens.next();
    if (tokens.kind !== ':') tokens.fail('":" belongs behind a name.', null);
    tokens.next();
  }

  #scalar(): Json {
    const tokens = this.#tokens;
    this.#budget.value(0);
    const value = this.#valueOf();
    tokens.next();
    return value;
  }

  #valueOf(): Json {
    const tokens = this.#tokens;
    switch (tokens.kind) {
      case 'string':
        return this.#text();
      case 'number':
        return this.#number();
      case 'true':
      case 'false':
        return tokens.kind === 'true';
      case 'null':
        return null;
      case 'end':
        return tokens.fail('the text ends where a value belongs.', 'It was cut off.');
      default:
        return tokens.fail(`a value belongs here, not "${tokens.kind}".`, null);
    }
  }

  #text(): string {
    const { text } = this.#tokens;
    if (text.isWellFormed()) return text;
    return this.#tokens.fail('half a character (a lone surrogate) stands in a text.', 'Remove it.');
  }

  #number(): number {
    const { text } = this.#tokens;
    const number = Number(text);
    if (!Number.isFinite(number)) {
      this.#tokens.fail(`${clip(text)} is too large for a number.`, 'Give it as text.');
    }
    if (/^-?\d+$/.test(text) && !Number.isSafeInteger(number)) {
      const why = 'is beyond 2^53 and would be rounded.';
      this.#tokens.fail(`${clip(text)} ${why}`, 'Put it in double quotes.');
    }
    return number;
  }
}

const WORDS: Partial<Record<string, string>> = {
  '[': 'A list',
  string: 'A text',
  number: 'A number',
  null: 'null',
  true: 'true',
  false: 'false',
  end: 'An empty text',
};

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const endOf = (holder: Holder): '}' | ']' => ('values' in holder ? '}' : ']');

function put(holder: Holder, value: Json): void {
  if ('values' in holder) holder.values[holder.name] = value;
  else holder.list.push(value);
}
