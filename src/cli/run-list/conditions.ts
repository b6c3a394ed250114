import type { RunCondition } from '../../shared/domain/run-list.ts';
import { AppError } from '../../shared/errors.ts';
import { parseSeconds } from '../launch/units.ts';
import type { ColumnFinder, NamedColumn } from './columns.ts';

const OPERATORS: Readonly<Record<string, RunCondition['is']>> = {
  '>=': '>=',
  '<=': '<=',
  '!=': '!=',
  '==': '=',
  '=': '=',
  '<': '<',
  '>': '>',
  '~': 'contains',
};

const CONDITION = /^(?<column>.*?)\s*(?<operator>>=|<=|!=|==|=|<|>|~)\s*(?<value>.*)$/s;

/**
 * A condition such as `config.lr>0.01`, `tag=best`, `name~river`, `duration>=10m`, `created>2026-01-31`;
 * `summary.loss` alone asks that it is set, `!summary.loss` that it is not.
 * @throws AppError `E_ARGS`
 */
export async function readCondition(text: string, columns: ColumnFinder): Promise<RunCondition> {
  const parts = CONDITION.exec(text.trim())?.groups;
  if (!parts) return readIsSet(text.trim(), columns);
  const column = await columns.find(parts['column']!);
  const value = parts['value']!;
  if (value === '') {
    throw new AppError('E_ARGS', `"${text}" compares with nothing.`, {
      next: `Write a value, or --where '!${column.name}' for runs without one.`,
    });
  }
  return { column: column.id, is: OPERATORS[parts['operator']!]!, value: valueFor(column, value) };
}

async function readIsSet(text: string, columns: ColumnFinder): Promise<RunCondition> {
  const isNot = text.startsWith('!');
  const { id } = await columns.find(isNot ? text.slice(1) : text);
  return { column: id, is: isNot ? 'is not set' : 'is set' };
}

function valueFor({ id }: NamedColumn, value: string): string | number {
  if (id === 'duration') return parseSeconds(value) * 1000;
  if (id === 'version' && /^v?\d+$/.test(value)) return Number(value.replace('v', ''));
  if (id !== 'created' || !Number.isNaN(Date.parse(value))) return value;
  throw new AppError('E_ARGS', `"${value}" is not a date.`, {
    next: 'Write it as 2026-01-31 or 2026-01-31T12:00.',
  });
}
