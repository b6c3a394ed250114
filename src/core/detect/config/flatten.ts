import { posix } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { isRecord } from '../../../shared/is-record.ts';

export type ConfigJson =
  string | number | boolean | null | ConfigJson[] | { [key: string]: ConfigJson };

/** One value of a config file, by its path of keys. */
export interface Leaf {
  key: string[];
  value: ConfigJson;
  /** Whether a number was written with a point or an exponent. */
  float: boolean;
  line: number;
  help: string | null;
}

const DEPTH = 12;
const LEAF_LIMIT = 2000;

const EXTENSION = /\.(?:ya?ml|json|toml)$/;

export const isConfigFile = (path: string): boolean => EXTENSION.test(path);

/** The values of a YAML, JSON or TOML file with their lines; null when it cannot be read as a map. */
export function flatten(path: string, text: string): Leaf[] | null {
  try {
    return posix.extname(path) === '.toml' ? tomlLeaves(text) : yamlLeaves(text);
  } catch {
    // A file that is broken holds no settings; the code itself will say what is wrong with it.
    return null;
  }
}

function yamlLeaves(text: string): Leaf[] | null {
  const lineCounter = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    lineCounter,
    // Warnings would be written to the console.
    logLevel: 'silent',
    uniqueKeys: false,
  });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const leaves: Leaf[] = [];
  collect(document.contents, [], leaves, lineCounter);
  return leaves;
}

function collect(node: unknown, key: string[], leaves: Leaf[], lines: LineCounter, line = 1): void {
  if (leaves.length >= LEAF_LIMIT) return;
  if (!isMap(node) || key.length >= DEPTH || (node.items.length === 0 && key.length > 0)) {
    const float = isScalar(node) && /[.eE]/.test(node.source ?? '');
    leaves.push({ key, value: jsonOf(node, 0), float, line, help: commentOf(node) });
    return;
  }
  for (const { key: name, value } of node.items) {
    const at = (name as Node | null)?.range?.[0];
    const own = at === undefined ? line : lines.linePos(at).line;
    collect(value, [...key, String(isScalar(name) ? name.value : name)], leaves, lines, own);
  }
}

const commentOf = (node: unknown): string | null =>
  isScalar(node) && node.comment ? node.comment.trim() : null;

/** Without following aliases, so that no file can grow beyond its size. */
function jsonOf(node: unknown, depth: number): ConfigJson {
  if (depth > DEPTH) return null;
  if (isSeq(node)) return node.items.slice(0, LEAF_LIMIT).map((each) => jsonOf(each, depth + 1));
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map((pair) => [
        String(isScalar(pair.key) ? pair.key.value : pair.key),
        jsonOf(pair.value, depth + 1),
      ]),
    );
  }
  const value = isScalar(node) ? node.value : null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function tomlLeaves(text: string): Leaf[] {
  const lines = text.split('\n');
  const leaves: Leaf[] = [];
  const visit = (value: unknown, key: string[]): void => {
    if (leaves.length >= LEAF_LIMIT) return;
    if (isRecord(value) && !(value instanceof Date) && key.length < DEPTH) {
      for (const [name, each] of Object.entries(value)) visit(each, [...key, name]);
      return;
    }
    const line = lines.findIndex((each) => each.trimStart().startsWith(key.at(-1) ?? '')) + 1;
    const json = JSON.parse(JSON.stringify(value) ?? 'null') as ConfigJson;
    const float = /=\s*[-+]?\d+[.eE]/.test(lines[line - 1] ?? '');
    leaves.push({ key, value: json, float, line: Math.max(line, 1), help: null });
  };
  visit(parseToml(text), []);
  return leaves;
}
