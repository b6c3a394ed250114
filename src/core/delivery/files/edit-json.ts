import { applyEdits, modify, parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { Json, JsonValues } from '../../../shared/domain/json.ts';
import { isRecord } from '../../../shared/is-record.ts';
import { mergeJson, ownValue } from '../json.ts';
import { changesOf, sameData } from './changes.ts';
import { EditFault, isCrlf, REWRITTEN, type Edited } from './edited.ts';

/** Each change reads the text once: beyond this many characters in all, the text is written anew. */
const EDIT_WORK = 20_000_000;

/**
 * A JSON text with `over` merged in: comments (of readers that allow them), order and layout of the rest
 * are kept. @throws EditFault
 */
export function editJson(text: string, over: JsonValues): Edited {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain = text.slice(mark.length);
  const base = readJson(plain);
  const merged = mergeJson(base, over);
  const changes = changesOf(base, over);
  const format = formatOf(plain);
  if (changes.length * plain.length <= EDIT_WORK) {
    let edited = plain;
    for (const { path, value } of changes) {
      const isLaidOut = plain.includes('\n') && (isRecord(value) || !hasValue(base, path));
      const options = isLaidOut ? { formattingOptions: format } : {};
      edited = applyEdits(edited, modify(edited, path, value, options));
    }
    if (sameData(tryRead(edited), merged)) return { text: mark + edited, note: null };
  }
  const end = plain.endsWith('\n') ? format.eol : '';
  const indent = format.insertSpaces ? format.tabSize : '\t';
  const written = JSON.stringify(merged, null, indent).replaceAll('\n', format.eol) + end;
  return { text: mark + written, note: isStrict(plain) ? null : REWRITTEN };
}

const hasValue = (base: JsonValues, path: readonly string[]): boolean =>
  path.reduce<Json | undefined>(
    (at, key) => (isRecord(at) ? ownValue(at, key) : undefined),
    base,
  ) !== undefined;

function readJson(text: string): JsonValues {
  const value = isStrict(text) ? JSON.parse(text) : readLenient(text);
  if (isRecord(value)) return value as JsonValues;
  throw new EditFault('holds no object of named values');
}

function readLenient(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) return value;
  const line = text.slice(0, first.offset).split('\n').length;
  throw new EditFault(`is no valid JSON at line ${line} (${printParseErrorCode(first.error)})`);
}

function tryRead(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

function isStrict(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** As the file is indented; one on a single line gets no new lines of its own. */
function formatOf(text: string) {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: isCrlf(text) ? '\r\n' : '\n',
  };
}
