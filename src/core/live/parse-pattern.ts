import { parseTemplate, type LineReader } from './pattern.ts';
import { jsonReader, keyValueReader } from './ready-patterns.ts';

/** Patterns that have a name, in place of a template. */
const READY: Record<string, LineReader> = { 'key=value': keyValueReader, json: jsonReader };

/**
 * How metrics are read from printed lines: `key=value`, `json`, or a template with `{name}` for each
 * number. @throws AppError `E_PARAM_VALUE` that names the column
 */
export const parsePattern = (text: string): LineReader =>
  Object.hasOwn(READY, text.trim()) ? READY[text.trim()]! : parseTemplate(text);
