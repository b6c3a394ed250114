import type { Json, JsonValues } from '../../../shared/domain/json.ts';
import { DocumentFault, type Place } from './fault.ts';

export interface DocumentLimits {
  /** Levels of lists and objects; the root is the first. */
  depth: number;
  /** Names, nested ones counted. */
  keys: number;
  /** As JSON or as it is written, in UTF-8. */
  bytes: number;
}

/** What a whole document, or all values of a launch together, may have. */
export const DOCUMENT_LIMITS: DocumentLimits = { depth: 64, keys: 5000, bytes: 1024 * 1024 };

/** A document that holds the values of a launch among other things; the values are measured by themselves. */
export const ENVELOPE_LIMITS: DocumentLimits = { depth: 72, keys: 5500, bytes: 1280 * 1024 };

/** More than a text of the permitted size can hold: only aliases of YAML come to that. */
const VALUES = DOCUMENT_LIMITS.bytes / 2;

const NEXT = 'Put large data into a file of the job and give its path.';

const beyond = (text: string, place: Place | null): DocumentFault =>
  new DocumentFault('E_JSON_LIMIT', { place, text, next: NEXT });

const tooLarge = (): DocumentFault => beyond('the values are larger than 1 MB.', null);

/** Counts while a document is read, so that one beyond the limits is refused at once. */
export class Budget {
  readonly #limits: DocumentLimits;
  #keys = 0;
  #values = 0;
  #letters = 0;

  constructor(limits = DOCUMENT_LIMITS) {
    this.#limits = limits;
  }

  key(place?: () => Place): void {
    this.#keys += 1;
    if (this.#keys > this.#limits.keys) {
      throw beyond(`there are more than ${this.#limits.keys} names.`, place?.() ?? null);
    }
  }

  /** A lower limit of the size, so that it need not be written out to be found too large. */
  letters(count: number): void {
    this.#letters += count;
    if (this.#letters > DOCUMENT_LIMITS.bytes) throw tooLarge();
  }

  value(depth: number, place?: () => Place): void {
    this.#values += 1;
    if (depth > this.#limits.depth) {
      const text = `values are nested more than ${this.#limits.depth} levels deep.`;
      throw beyond(text, place?.() ?? null);
    }
    if (this.#values > VALUES) throw beyond('there are too many values.', null);
  }
}

/** Before anything else is done with a text. */
export function checkSize(text: string, { bytes }: DocumentLimits): void {
  if (text.length <= bytes && Buffer.byteLength(text) <= bytes) return;
  throw beyond('the text is larger than 1 MB.', null);
}

/**
 * Refuses values that are together more than a launch may be given. Without recursion, and ends early.
 * @throws DocumentFault
 */
export function checkLimits(roots: readonly JsonValues[]): void {
  const budget = new Budget();
  for (const root of roots) countIn(root, budget);
  let bytes = 0;
  for (const root of roots) bytes += Buffer.byteLength(JSON.stringify(root));
  if (bytes > DOCUMENT_LIMITS.bytes) throw tooLarge();
}

function countIn(root: JsonValues, budget: Budget): void {
  let level: (Json[] | JsonValues)[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    const inner: (Json[] | JsonValues)[] = [];
    for (const holder of level) {
      budget.value(depth);
      for (const [name, value] of Object.entries(holder)) {
        if (!Array.isArray(holder)) budget.key();
        budget.letters(typeof value === 'string' ? name.length + value.length : 1);
        if (typeof value === 'object' && value !== null) inner.push(value);
      }
    }
    level = inner;
  }
}
