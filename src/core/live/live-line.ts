import { isRecord } from '../../shared/is-record.ts';

/** A line of what `resources/python/slipway_live.py` writes. */
export type LiveLine =
  | { kind: 'run'; run: string; started: number }
  | { kind: 'values'; step: number | null; at: number | null; values: [string, number][] }
  | { kind: 'config'; config: Record<string, unknown> }
  | { kind: 'summary'; summary: Record<string, unknown> }
  | { kind: 'full' };

const WORDS: Record<string, number> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

const NAME_LIMIT = 256;
/** JSON as deep as this was not made by the hook, and would be a burden to whoever shows it. */
const DEPTH_LIMIT = 32;

/** The line, or null for anything else: a program can write into the file what it likes. */
export function parseLiveLine(text: string): LiveLine | null {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(line)) return null;
  if (isRecord(line.values)) return valuesOf(line, line.values);
  if (isRecord(line.config)) return plainAs('config', line.config);
  if (isRecord(line.summary)) return plainAs('summary', line.summary);
  if ('started' in line) return runOf(line);
  return line.full === true ? { kind: 'full' } : null;
}

function valuesOf(line: Record<string, unknown>, values: Record<string, unknown>): LiveLine {
  const numbers: [string, number][] = [];
  for (const [name, value] of Object.entries(values)) {
    const number = typeof value === 'string' && Object.hasOwn(WORDS, value) ? WORDS[value] : value;
    if (typeof number !== 'number' || name === '' || name.length > NAME_LIMIT) continue;
    numbers.push([name, number]);
  }
  return { kind: 'values', step: finite(line.step), at: finite(line.time), values: numbers };
}

const plainAs = (kind: 'config' | 'summary', values: Record<string, unknown>): LiveLine | null =>
  depthOf(values, DEPTH_LIMIT) > DEPTH_LIMIT
    ? null
    : ({ kind, [kind]: values } as unknown as LiveLine);

function runOf({ run, started }: Record<string, unknown>): LiveLine | null {
  const at = finite(started);
  if (at === null) return null;
  return { kind: 'run', run: typeof run === 'string' ? run.slice(0, NAME_LIMIT) : '', started: at };
}

const finite = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** Looks no deeper than one level beyond the limit. */
function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (limit < 0) return 1;
  let deepest = 0;
  for (const part of Object.values(value)) {
    deepest = Math.max(deepest, depthOf(part, limit - 1));
    if (deepest > limit) break;
  }
  return deepest + 1;
}
