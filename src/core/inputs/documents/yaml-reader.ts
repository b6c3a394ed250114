import { isScalar, LineCounter, parseDocument, visit, YAMLMap, type Document } from 'yaml';
import type { JsonValues } from '../../../shared/domain/json.ts';
import { DocumentFault, notRoot, placeOf, type Place } from './fault.ts';
import { toValues } from './to-values.ts';

/** Uses of anchors, each counted with what it stands for, before a text is taken for an attack. */
const ALIASES = 1000;
/** Deeper than any document may be, and still no danger to the parser, which calls itself. */
const BRACKETS = 1000;
const NOTED = 5;

/** Numbers for YAML 1.2 and for us; to PyYAML, which reads YAML 1.1, they are text. */
const TEXT_TO_PYTHON = /^[-+]?(?:\d+[eE][-+]?\d+|\d*\.\d*[eE]\d+)$/;
/** The other way round. */
const SWITCHES = /^(?:yes|no|on|off)$/i;

/**
 * Reads a map of YAML 1.2, with merges (`<<`). Names are texts, numbers are kept exactly.
 * @throws DocumentFault
 */
export function readYaml(text: string): { values: JsonValues; notes: string[] } {
  refuseDeepBrackets(text);
  const lines = new LineCounter();
  const document = parse(text, lines);
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) {
    const said = fault.message.split(/ at line|\n/)[0]!.replace(/[.:]?$/, '.');
    throw new DocumentFault('E_JSON', { place: placeAt(fault.pos[0]), text: said, next: null });
  }
  if (!(document.contents instanceof YAMLMap)) throw notRoot('This', null);
  const notes = notesOf(document, placeAt);
  return { values: toValues(plainOf(document)), notes };
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, {
      lineCounter,
      merge: true,
      intAsBigInt: true,
      prettyErrors: false,
      logLevel: 'silent',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep(null);
  }
}

/** Maps, so that names which are no texts are seen, and none is special. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ mapAsMap: true, maxAliasCount: ALIASES });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(null);
    if (!(error instanceof ReferenceError)) throw error;
    const text = 'anchors are used too often, or for themselves.';
    throw new DocumentFault('E_JSON_LIMIT', { place: null, text, next: 'Write the values out.' });
  }
}

/** Before the parser sees it: flow collections nest with a letter each. */
function refuseDeepBrackets(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '[' || letter === '{') depth += 1;
    if (letter === ']' || letter === '}') depth -= 1;
    if (depth > BRACKETS) throw tooDeep(placeOf(text, at));
  }
}

const tooDeep = (place: Place | null): DocumentFault =>
  new DocumentFault('E_JSON_LIMIT', { place, text: 'values are nested too deeply.', next: null });

/** What Python's usual reader would make something else of. */
function notesOf(document: Document.Parsed, placeAt: (offset: number) => Place): string[] {
  const notes: string[] = [];
  visit(document, {
    Scalar(_, node) {
      if (notes.length >= NOTED) return visit.BREAK;
      if (!isScalar(node) || node.type !== 'PLAIN' || node.range == null) return undefined;
      const { line } = placeAt(node.range[0]);
      const word = node.source ?? '';
      if (typeof node.value === 'number' && TEXT_TO_PYTHON.test(word)) {
        notes.push(`Line ${line}: ${word} is a number here; PyYAML reads it as text.`);
      } else if (typeof node.value === 'string' && SWITCHES.test(word)) {
        notes.push(`Line ${line}: ${word} is text here; PyYAML reads it as true or false.`);
      }
      return undefined;
    },
  });
  return notes;
}
