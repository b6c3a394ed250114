import { COMPARISONS, type RunCondition } from '../../../shared/domain/run-list.ts';
import { formatDuration, formatExact } from '../../lib/format.ts';
import { columnTitle } from './run-columns.tsx';

export type Comparison = RunCondition['is'];
type Value = NonNullable<RunCondition['value']>;

/** Comparisons that need no value. */
export const isAlone = (is: Comparison): boolean => is === 'is set' || is === 'is not set';

const WORDS: Partial<Record<Comparison, string>> = { '!=': '≠', '<=': '≤', '>=': '≥' };
export const comparisonWord = (is: Comparison): string => WORDS[is] ?? is;

export const COMPARISON_OPTIONS = COMPARISONS.map((id) => ({ id, title: comparisonWord(id) }));

const UNITS: Readonly<Record<string, number>> = { s: 1e3, min: 60e3, h: 3600e3, d: 86_400e3 };

/** "90", "90 s", "1.5 h" in ms. */
function readDuration(text: string): number | null {
  const [, number = '', unit = 's'] = /^([\d.]+)\s*(s|min|h|d)?$/.exec(text) ?? [];
  const value = Number(number);
  return number === '' || !Number.isFinite(value) ? null : value * UNITS[unit]!;
}

/** What was typed as a value of a column; null when it cannot be one. */
export function readConditionValue(column: string, text: string): Value | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (column === 'duration') return readDuration(typed);
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
