import { parse, TomlError } from 'smol-toml';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { isRecord } from '../../shared/is-record.ts';

export type Table = Record<string, unknown>;

/** The table under a key; an empty one when it is something else. */
export const tableIn = (table: Table, key: string): Table => {
  const value = table[key];
  return isRecord(value) ? value : {};
};

/** The tables of a list under a key. */
export const tablesIn = (table: Table, key: string): Table[] => {
  const value = table[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
};

/** The text under a key; empty when it is something else. */
export const textIn = (table: Table, key: string): string => {
  const value = table[key];
  return typeof value === 'string' ? value : '';
};

/** @throws AppError `code`, naming line and column, and `next` as what to do */
export function parseToml(text: string, file: string, code: ErrorCode, next: string): Table {
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const where = `line ${error.line}, column ${error.column}`;
    throw new AppError(code, `${file} is not valid TOML at ${where}.`, {
      next,
      detail: error.message,
      cause: error,
    });
  }
}
