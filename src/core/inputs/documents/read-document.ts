import type { DocumentAnswer, DocumentFormat } from '../../../shared/domain/document.ts';
import type { JsonValues } from '../../../shared/domain/json.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { DocumentFault } from './fault.ts';
import { readJson } from './json-reader.ts';
import { checkSize } from './limits.ts';
import { readToml } from './toml-reader.ts';
import { readYaml } from './yaml-reader.ts';

export interface ReadDocument {
  /** Objects without prototypes: every name is plain data. */
  values: JsonValues;
  /** What a person should know of how it was read. */
  notes: string[];
}

/**
 * Reads a text of named values, strictly and within {@link DOCUMENT_LIMITS}.
 * @throws AppError `E_JSON` with line and column, `E_JSON_LIMIT`, `E_JSON_ROOT`
 */
export function readDocument(text: string, format: DocumentFormat): ReadDocument {
  const { values, notes, problem } = checkDocument(text, format);
  if (values) return { values, notes };
  const { code, message, next } = problem!;
  throw new AppError(code as ErrorCode, message, next === null ? {} : { next });
}

/** The same, with what is wrong as a part of the answer. */
export function checkDocument(text: string, format: DocumentFormat): DocumentAnswer {
  try {
    checkSize(text);
    const { values, notes } = READERS[format](text.replace(/^\uFEFF/, ''));
    return { values, notes, problem: null };
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    return { values: null, notes: [], problem: error.problem };
  }
}

const READERS: Record<DocumentFormat, (text: string) => ReadDocument> = {
  json: (text) => ({ values: readJson(text), notes: [] }),
  yaml: readYaml,
  toml: (text) => ({ values: readToml(text), notes: [] }),
};
