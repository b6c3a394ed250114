import { isMap, Lexer, LineCounter, parseDocument, type Document } from 'yaml';
import type { JsonValues } from '../../../shared/domain/json.ts';
import { DocumentFault, notRoot, type Place } from './fault.ts';
import type { DocumentLimits } from './limits.ts';
import { toValues } from './to-values.ts';
import { lookThrough } from './yaml-scalars.ts';

/** Uses of anchors, each counted with what it stands for, before a text is taken for an attack. */
const ALIASES = 1000;
/** Words, marks and spaces between them. The parser takes a second for twenty times as many. */
const TOKENS = 100_000;

/**
 * Reads a map of YAML 1.2, with merges (`<<`). A name stands there once and is a text, numbers are kept
 * exactly. @throws DocumentFault
 */
export function readYaml(
  text: string,
  limits?: DocumentLimits,
): { values: JsonValues; notes: string[] } {
  refuseManyTokens(text);
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return withoutOverflow(() => {
    const document = parse(text, lines);
    refuseFaults(document, placeAt);
    if (!isMap(document.contents)) throw notRoot('This', null);
    const notes = lookThrough(document, placeAt);
    return { values: toValues(plainOf(document), limits), notes };
  });
}

function refuseManyTokens(text: string): void {
  let count = 0;
  for (const _ of new Lexer().lex(text)) {
    count += 1;
    if (count <= TOKENS) continue;
    const next = 'Write it as JSON, or put large data into a file of the job.';
    throw new DocumentFault('E_JSON_LIMIT', {
      place: null,
      text: 'there are too many values.',
      next,
    });
  }
}

/** Duplicate names are looked for by us: the parser compares each with all others. */
const parse = (text: string, lineCounter: LineCounter): Document.Parsed =>
  parseDocument(text, {
    lineCounter,
    merge: true,
    intAsBigInt: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });

function refuseFaults(document: Document.Parsed, placeAt: (offset: number) => Place): void {
  const [fault] = [...document.errors, ...document.warnings];
  if (!fault) return;
  // The parser calls itself, and tells of what is too deep for that as of any other fault.
  if (fault.message.startsWith('Maximum call stack')) throw new RangeError(fault.message);
  const [said = ''] = fault.message.split(/[;\n]/);
  const text = said.replace(/[.:;]?$/, '.');
  throw new DocumentFault('E_JSON', { place: placeAt(fault.pos[0]), text, next: null });
}

/** As maps, so that names which are no texts are seen, and none is special. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ mapAsMap: true, maxAliasCount: ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const text = 'anchors are used too often, or for themselves.';
    throw new DocumentFault('E_JSON_LIMIT', { place: null, text, next: 'Write the values out.' });
  }
}

function withoutOverflow<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const text = 'values are nested too deeply.';
    throw new DocumentFault('E_JSON_LIMIT', { place: null, text, next: null });
  }
}
