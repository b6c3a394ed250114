import { AppError } from '../../shared/errors.ts';
import { numberAt } from './printed-number.ts';

/** Values that a printed line carries; `step` is null when it does not tell. */
export interface LineValues {
  step: number | null;
  values: [string, number][];
}

/** Reads the metrics of one printed line; null when there are none. Takes time linear in its length. */
export type LineReader = (line: string) => LineValues | null;

/** What a pattern is made of: text as it stands, optional space, a number to keep, anything. */
type Part = { kind: 'text'; text: string } | { kind: 'space' } | { kind: 'number'; name: string };

const PATTERN_LIMIT = 1000;
const NAME_LIMIT = 128;
const STEP = 'step';
/** What may be a part of a word: `loss` is not found in `val_loss` or `val/loss`. */
const WORD = /[\w./-]/;

/**
 * Reads a template such as `loss: {loss} * acc {acc}`. `{name}` is a number, `{step}` the step, spaces
 * match any spaces or none, `*` matches anything, and a backslash takes the meaning of what follows
 * away. It is looked for anywhere in a line.
 * @throws AppError `E_PARAM_VALUE` that names the column, from 1
 */
export function parseTemplate(text: string): LineReader {
  if (text.length > PATTERN_LIMIT) {
    throw wrong(text, PATTERN_LIMIT, `is longer than ${PATTERN_LIMIT} characters`);
  }
  const segments = parse(text).filter((parts) => parts.some(({ kind }) => kind !== 'space'));
  const names = segments.flat().flatMap((part) => (part.kind === 'number' ? [part.name] : []));
  if (names.every((name) => name === STEP)) throw wrong(text, 0, 'names no metric, such as {loss}');
  return (line) => {
    const found = match(segments, line.replace(/\s+/g, ' '));
    return found && toValues(names, found);
  };
}

/** Segments with anything between them. */
function parse(text: string): Part[][] {
  const segments: Part[][] = [[]];
  const seen = new Set<string>();
  for (let at = 0; at < text.length;) {
    const parts = segments.at(-1)!;
    const char = text[at]!;
    if (char === '{') {
      const name = nameAt(text, at, seen);
      if (parts.at(-1)?.kind === 'number') throw wrong(text, at, 'has two numbers side by side');
      parts.push({ kind: 'number', name: name.trim() });
      at += name.length + 2;
    } else if (char === '*') {
      segments.push([]);
      at++;
    } else if (/\s/.test(char)) {
      if (parts.at(-1)?.kind !== 'space') parts.push({ kind: 'space' });
      at++;
    } else {
      const isEscaped = char === '\\' && at + 1 < text.length;
      addText(parts, isEscaped ? text[at + 1]! : char);
      at += isEscaped ? 2 : 1;
    }
  }
  return segments;
}

function addText(parts: Part[], char: string): void {
  const last = parts.at(-1);
  if (last?.kind === 'text') last.text += char;
  else parts.push({ kind: 'text', text: char });
}

/** What stands between the braces. */
function nameAt(text: string, at: number, seen: Set<string>): string {
  const end = text.indexOf('}', at);
  if (end < 0) throw wrong(text, at, 'has a { that is not closed');
  const inside = text.slice(at + 1, end);
  const name = inside.trim();
  if (name === '' || name.length > NAME_LIMIT || name.includes('{')) {
    throw wrong(text, at, `needs a name of at most ${NAME_LIMIT} characters between { and }`);
  }
  if (seen.has(name)) throw wrong(text, at, `has {${name}} twice`);
  seen.add(name);
  return inside;
}

/** The first place for each segment leaves most room for those behind it, so nothing is tried twice. */
function match(segments: readonly Part[][], line: string): number[] | null {
  const values: number[] = [];
  let from = 0;
  for (const parts of segments) {
    const found = find(parts, line, from);
    if (!found) return null;
    values.push(...found.values);
    from = found.end;
  }
  return values;
}

interface Found {
  end: number;
  values: number[];
}

function find(parts: readonly Part[], line: string, from: number): Found | null {
  for (let at = from; at < line.length; at++) {
    const found = matchAt(parts, line, at);
    if (found) return found;
  }
  return null;
}

function matchAt(parts: readonly Part[], line: string, start: number): Found | null {
  const values: number[] = [];
  let at = start;
  for (const part of parts) {
    if (part.kind === 'space') {
      if (line[at] === ' ') at++;
      continue;
    }
    if (at === start && insideWord(line, at)) return null;
    if (part.kind === 'text') {
      if (!line.startsWith(part.text, at)) return null;
      at += part.text.length;
      continue;
    }
    const number = numberAt(line, at);
    if (!number) return null;
    values.push(number.value);
    at = number.end;
  }
  return { end: at, values };
}

const insideWord = (line: string, at: number): boolean =>
  at > 0 && WORD.test(line[at]!) && WORD.test(line[at - 1]!);

function toValues(names: readonly string[], found: readonly number[]): LineValues {
  const all = names.map((name, i): [string, number] => [name, found[i]!]);
  const step = all.find(([name]) => name === STEP)?.[1] ?? null;
  return {
    step: step !== null && Number.isFinite(step) ? step : null,
    values: all.filter(([name]) => name !== STEP),
  };
}

const wrong = (text: string, at: number, what: string): AppError =>
  new AppError(
    'E_PARAM_VALUE',
    `The metric pattern "${text.slice(0, 80)}" ${what} (column ${at + 1}).`,
    {
      next: 'Write it as a line is printed, with {name} for each number: loss: {loss}, step {step}.',
    },
  );
