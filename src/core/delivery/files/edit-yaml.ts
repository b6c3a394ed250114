import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Pair,
  parseAllDocuments,
  parseDocument,
  Scalar,
  YAMLMap,
} from 'yaml';
import type { Document, Node, ScalarTag } from 'yaml';
import type { Json, JsonValues } from '../../../shared/domain/json.ts';
import { isRecord } from '../../../shared/is-record.ts';
import { mergeJson, ownValue } from '../json.ts';
import { sameData } from './changes.ts';
import { EditFault, isCrlf, REWRITTEN, type Edited } from './edited.ts';
import { floatLike, yamlNode } from './yaml-node.ts';

/** Aliases that a config may use; a file that is made of them is an attack. */
const ALIASES = 1000;

/** Nothing but an empty value has a type: so all others are written again as they were. */
const EMPTY: ScalarTag = {
  tag: 'tag:yaml.org,2002:null',
  default: true,
  test: /^$/,
  identify: (value) => value === null,
  resolve: () => new Scalar(null),
  stringify: () => '',
};

/**
 * A YAML text with `over` merged in. Comments and order are kept, and values that are not changed as
 * they are written: readers of YAML 1.1 and 1.2 read them as before. @throws EditFault
 */
export function editYaml(text: string, over: JsonValues): Edited {
  const base = readYaml(text);
  const merged = mergeJson(base, over);
  const document = parseDocument(text, {
    customTags: (tags) => [...tags, EMPTY],
    schema: 'failsafe',
    logLevel: 'silent',
    uniqueKeys: false,
  });
  const root = isMap(document.contents) ? document.contents : new YAMLMap();
  document.contents = root as never;
  mergeInto(root, base, over);
  const edited = tryWrite(document, text);
  if (edited !== null && sameData(tryRead(edited), merged)) return { text: edited, note: null };
  document.contents = yamlNode(merged) as never;
  document.comment = null;
  document.commentBefore = null;
  return { text: write(document, text), note: REWRITTEN };
}

/** The library compares each key with all others; {@link refuseTwice} does it in one pass. */
const OPTIONS = { logLevel: 'silent', merge: true, uniqueKeys: false } as const;

function refuseTwice(node: unknown): void {
  if (isSeq(node)) for (const item of node.items) refuseTwice(item);
  if (!isMap(node)) return;
  const seen = new Set<unknown>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? key.value : key;
    if (seen.has(name) && name !== '<<') throw new EditFault(`has ${JSON.stringify(name)} twice`);
    seen.add(name);
    refuseTwice(value);
  }
}

function readYaml(text: string): JsonValues {
  const [document, second] = parseAllDocuments(text, OPTIONS);
  if (second) throw new EditFault('holds several YAML documents');
  if (!document || !('contents' in document)) return {};
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line;
    throw new EditFault(`is no valid YAML${line === undefined ? '' : ` at line ${line}`}`);
  }
  refuseTwice(document.contents);
  const value = valueOf(document);
  if (value === null || value === undefined) return {};
  if (isRecord(value)) return value as JsonValues;
  throw new EditFault('holds no mapping of named values');
}

function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: ALIASES });
  } catch {
    throw new EditFault('uses aliases that cannot be resolved');
  }
}

function tryRead(text: string): unknown {
  try {
    return readYaml(text);
  } catch {
    return undefined;
  }
}

function mergeInto(map: YAMLMap, base: JsonValues, over: JsonValues): void {
  const pairs = new Map(
    map.items.flatMap((pair) => (isScalar(pair.key) ? [[pair.key.value, pair] as const] : [])),
  );
  for (const key of Object.keys(over)) {
    const value = ownValue(over, key) ?? null;
    const known = ownValue(base, key);
    const pair = pairs.get(key);
    const isNested = isRecord(value) && isRecord(known);
    if (isNested && isMap(pair?.value)) mergeInto(pair.value, known, value);
    // Values that come from elsewhere by an alias are changed here alone.
    else setValue(map, key, isNested ? mergeJson(known, value) : value, pair);
  }
}

function setValue(map: YAMLMap, key: string, value: Json, pair: Pair | undefined): void {
  const old = pair?.value as Node | null | undefined;
  const isFloat = isScalar(old) && typeof old.source === 'string' && floatLike(old.source);
  const node = yamlNode(value, isFloat);
  if (old && !isAlias(old)) {
    node.comment = old.comment ?? null;
    node.commentBefore = old.commentBefore ?? null;
    node.spaceBefore = old.spaceBefore ?? false;
  }
  if (pair) pair.value = node;
  else map.items.push(new Pair(yamlNode(key), node));
}

function tryWrite(document: Document, text: string): string | null {
  try {
    return write(document, text);
  } catch {
    return null;
  }
}

function write(document: Document, text: string): string {
  const indent = /\n( {2,8})[^\s#-]/.exec(text)?.[1]?.length ?? 2;
  const written = document.toString({
    indent,
    lineWidth: 0,
    indentSeq: !/^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1- /m.test(text),
  });
  return isCrlf(text) ? written.replaceAll('\n', '\r\n') : written;
}
