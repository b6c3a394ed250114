import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { DocumentFormat } from '../../shared/domain/document.ts';
import { ENVELOPE_LIMITS } from '../../core/inputs/documents/limits.ts';
import { readDocument, type ReadDocument } from '../../core/inputs/documents/read-document.ts';

/** More than any document may have; what is larger is not even read. */
const MOST_BYTES = 8 * 1024 * 1024;

const FORMATS: Record<string, DocumentFormat> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.toml': 'toml',
};

export interface GivenDocument {
  text: string;
  format: DocumentFormat;
}

/**
 * The text of an option that takes a file (JSON, or as its name ends: YAML, TOML) or JSON itself.
 * @throws AppError `E_ARGS` for what is neither, `E_JSON`, `E_JSON_LIMIT`
 */
export function givenDocument(given: string, option: string): GivenDocument {
  const stat = looksLikeJson(given) ? undefined : statOf(given);
  if (stat?.isFile()) {
    if (stat.size > MOST_BYTES) throw tooLarge(given);
    return { text: textOf(given), format: FORMATS[extname(given).toLowerCase()] ?? 'json' };
  }
  if (looksLikeJson(given)) return { text: given, format: 'json' };
  const what = stat ? 'is not a file' : 'is neither a file that is there nor JSON';
  throw new AppError('E_ARGS', `${option}: "${shortened(given)}" ${what}.`, {
    next: `Give a JSON or YAML file, or JSON: ${option} '{"name": "value"}'.`,
  });
}

/** The values in what {@link givenDocument} finds. @throws AppError as it does, and `E_JSON_ROOT` */
export function givenValues(given: string, option: string): ReadDocument {
  const { text, format } = givenDocument(given, option);
  return readDocument(text, format, ENVELOPE_LIMITS);
}

/** An object; or a list, a text or a number, which are told to be no object. */
const looksLikeJson = (text: string): boolean => /^\s*(?:[[{"]|-?\d[\d.eE+-]*\s*$|$)/.test(text);

/** Undefined for what is not there, or cannot be the path of a file. */
function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function textOf(path: string): string {
  try {
    return new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new AppError('E_JSON', `"${path}" is not text in UTF-8.`, {
        next: 'Save it as UTF-8.',
      });
    }
    throw new AppError('E_SOURCE_UNREADABLE', `"${path}" cannot be read.`, {
      next: 'See to it that you may read it.',
      detail: String(error),
    });
  }
}

const tooLarge = (path: string): AppError =>
  new AppError('E_JSON_LIMIT', `"${path}" is larger than 1 MB.`, {
    next: 'Put large data into a file of the job and give its path.',
  });

const shortened = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 60)}...`);
