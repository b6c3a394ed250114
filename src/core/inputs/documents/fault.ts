import type { DocumentProblem } from '../../../shared/domain/document.ts';

/** A place in a text, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** What stops the reading of a text, as it is told to the person. */
export class DocumentFault extends Error {
  readonly problem: DocumentProblem;

  constructor(code: 'E_JSON' | 'E_JSON_LIMIT' | 'E_JSON_ROOT', what: Fault) {
    const { place, text, next } = what;
    const where = place ? `Line ${place.line}, column ${place.column}: ` : '';
    const message = place ? `${where}${text}` : text.charAt(0).toUpperCase() + text.slice(1);
    super(message);
    this.problem = {
      ...{ code, message, next },
      line: place?.line ?? null,
      column: place?.column ?? null,
    };
  }
}

interface Fault {
  /** Null when it is about the whole text. */
  place: Place | null;
  /** One sentence. */
  text: string;
  next: string | null;
}

export const notRoot = (what: string, place: Place | null): DocumentFault =>
  new DocumentFault('E_JSON_ROOT', {
    place,
    text: `${what} is no set of named values.`,
    next: 'Write the values with their names: {"lr": 0.1}.',
  });
