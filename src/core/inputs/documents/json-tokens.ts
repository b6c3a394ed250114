import { createScanner, type JSONScanner } from 'jsonc-parser';
import { DocumentFault, type Place } from './fault.ts';

/** `SyntaxKind` of jsonc-parser, whose const enum leaves nothing to import. */
const KINDS = {
  1: '{',
  2: '}',
  3: '[',
  4: ']',
  5: ',',
  6: ':',
  7: 'null',
  8: 'true',
  9: 'false',
  10: 'string',
  11: 'number',
  12: 'comment',
  13: 'comment',
  14: 'space',
  15: 'space',
  16: 'unknown',
  17: 'end',
} as const;

export type TokenKind = (typeof KINDS)[keyof typeof KINDS];

const STRING_FAULTS: Readonly<Record<number, string>> = {
  2: 'this text has no end.',
  4: '\\u is followed by four hexadecimal digits.',
  5: 'a backslash is followed by one of " \\ / b f n r t u.',
  6: 'a control character stands in a text.',
};

/** The words of a JSON text, one after the other. Strict: there are neither comments nor other quotes. */
export class JsonTokens {
  readonly #scanner: JSONScanner;
  kind: TokenKind = 'end';

  constructor(text: string) {
    this.#scanner = createScanner(text, false);
    this.next();
  }

  /** Of a string what it says, else as it is written. */
  get text(): string {
    return this.#scanner.getTokenValue();
  }

  place(): Place {
    const line = this.#scanner.getTokenStartLine() + 1;
    return { line, column: this.#scanner.getTokenStartCharacter() + 1 };
  }

  next(): void {
    do this.kind = KINDS[this.#scanner.scan() as keyof typeof KINDS];
    while (this.kind === 'space');
    if (this.kind === 'comment') this.fail('JSON has no comments.', 'Remove it, or write YAML.');
    if (this.kind === 'unknown') this.#failUnknown();
    const fault: number = this.#scanner.getTokenError();
    if (this.kind === 'string' && fault !== 0) {
      this.fail(STRING_FAULTS[fault] ?? 'this text is not written as JSON has it.', null);
    }
    if (fault !== 0) this.fail('this is no number of JSON.', null);
  }

  fail(text: string, next: string | null): never {
    throw new DocumentFault('E_JSON', { place: this.place(), text, next });
  }

  #failUnknown(): never {
    const word = this.text.slice(0, 40);
    if (/^(?:-|[-+]?(?:nan|inf|infinity))$/i.test(word)) {
      this.fail(`${word} is no number of JSON.`, 'Give a finite number, or null.');
    }
    const python = { True: 'true', False: 'false', None: 'null' }[word];
    if (python !== undefined) this.fail(`${word} is written ${python} in JSON.`, null);
    if (/^['‘’“”`]/.test(word)) {
      this.fail('texts stand in double quotes.', 'Put " around it.');
    }
    this.fail(`${JSON.stringify(word)} is no JSON.`, 'Put texts in double quotes.');
  }
}
