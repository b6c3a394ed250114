import { COMPARISONS, type RunCondition } from '../../../shared/domain/run-list.ts';
import { readDuration } from '../../../shared/units.ts';
import { formatDuration, formatExact } from '../../lib/format.ts';
import { columnTitle } from './run-columns.tsx';

export type Comparison = RunCondition['is'];
type Value = NonNullable<RunCondition['value']>;

/** Comparisons that need no value. */
export const isAlone = (is: Comparison): boolean => is === 'is set' || is === 'is not set';

const WORDS: Partial<Record<Comparison, string>> = { '!=': '≠', '<=': '≤', '>=': '≥' };
export const comparisonWord = (is: Comparison): string => WORDS[is] ?? is;

export const COMPARISON_OPTIONS = COMPARISONS.map((id) => ({ id, title: comparisonWord(id) }));

/** "90", "90 s", "1.5 h", "1 h 30 min" in ms. */
function readMs(text: string): number | null {
  const seconds = readDuration(text);
  return seconds === null ? null : seconds * 1000;
}

/** What was typed as a value of a column; null when it cannot be one. */
export function readConditionValue(column: string, text: string): Value | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (column === 'duration') return readMs(typed);
  if (column === 'created') {
    const at = Date.parse(typed);
    return Number.isNaN(at) ? null : at;
  }
  if (column === 'version') return readNumber(typed.replace(/^v/, '')) ?? typed;
  if (column === 'starred' || typed === 'true' || typed === 'false') return typed === 'true';
  return readNumber(typed) ?? typed;
}

function readNumber(text: string): number | null {
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** What to type to get that value again. */
export function typedValue(column: string, value: Value): string {
  if (typeof value !== 'number') return String(value);
  if (column === 'duration') return String(value / 1000);
  return column === 'created' ? new Date(value).toISOString().slice(0, 16) : String(value);
}

function shownValue(column: string, value: Value): string {
  if (typeof value !== 'number') return String(value);
  if (column === 'duration') return formatDuration(value);
  return column === 'created' ? formatExact(value) : String(value);
}

/** "lr > 0.01". */
export function conditionText({ column, is, value }: RunCondition): string {
  const words = `${columnTitle(column)} ${comparisonWord(is)}`;
  return value === undefined ? words : `${words} ${shownValue(column, value)}`;
}

/** What the field for a value of the column says. */
export function valueHint(column: string): string {
  if (column === 'duration') return '90 s, 5 min, 2 h';
  return column === 'created' ? '2026-01-31' : 'Value';
}
