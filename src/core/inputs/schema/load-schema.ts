import type { JsonValues } from '../../../shared/domain/json.ts';
import { AppError } from '../../../shared/errors.ts';
import { limitProblem } from '../check-values.ts';
import { checkDocument } from '../documents/read-document.ts';
import { badSchema } from './fault.ts';
import { readSchema } from './read-schema.ts';

/**
 * The JSON Schema in a text of JSON or YAML, checked.
 * @throws AppError `E_SCHEMA` naming line and column, or the place in the schema
 */
export function loadSchema(text: string): JsonValues {
  const format = /^\uFEFF?\s*[{[]/.test(text) ? 'json' : 'yaml';
  const { values, problem } = checkDocument(text, format);
  if (!values) {
    const next = problem!.next ?? 'Correct the file.';
    throw new AppError('E_SCHEMA', `The input schema cannot be read. ${problem!.message}`, {
      next,
    });
  }
  readSchema(values);
  return values;
}

/** Refuses a schema from elsewhere that could not have been attached here. @throws AppError `E_SCHEMA` */
export function checkSchema(schema: JsonValues): void {
  const beyond = limitProblem({ values: schema, config: {}, files: {} });
  if (beyond) throw badSchema([], beyond.message.replace(/\.$/, ''), 'Make it smaller.');
  readSchema(schema);
}
