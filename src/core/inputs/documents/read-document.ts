import type { DocumentAnswer, DocumentFormat } from '../../../shared/domain/document.ts';
import type { JsonValues } from '../../../shared/domain/json.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { DocumentFault } from './fault.ts';
import { readJson } from './json-reader.ts';
import { checkSize, DOCUMENT_LIMITS, type DocumentLimits } from './limits.ts';
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
export function readDocument(
  text: string,
  format: DocumentFormat,
  limits?: DocumentLimits,
): ReadDocument {
  const { values, notes, problem } = checkDocument(text, format, limits);
  if (values) return { values, notes };
  const { code, message, next } = problem!;
  throw new AppError(code as ErrorCode, message, next === null ? {} : { next });
}

/** The same, with what is wrong as a part of the answer. */
export function checkDocument(
  text: string,
  format: DocumentFormat,
  limits = DOCUMENT_LIMITS,
): DocumentAnswer {
  try {
    checkSize(text, limits);
    const { values, notes } = READERS[format](text.replace(/^\uFEFF/, ''), limits);
    return { values, notes, problem: null };
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    return { values: null, notes: [], problem: error.problem };
  }
}

type Reader = (text: string, limits: DocumentLimits) => ReadDocument;

const READERS: Record<DocumentFormat, Reader> = {
  json: (text, limits) => ({ values: readJson(text, limits), notes: [] }),
  yaml: readYaml,
  toml: (text, limits) => ({ values: readToml(text, limits), notes: [] }),
};
