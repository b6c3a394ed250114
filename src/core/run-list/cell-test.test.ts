import { describe, expect, it } from 'vitest';
import type { RunCondition } from '../../shared/domain/run-list.ts';
import { cellTest } from './cell-test.ts';
import { compareWords, toCell, type Cell } from './words.ts';

const at = (date: string): number => new Date(date).getTime();

describe('cellTest', () => {
  it.each<[Cell, RunCondition['is'], RunCondition['value'], boolean]>([
    [0.1, '=', 0.1, true],
    [0.1, '=', '0.10', true],
    [10, '<', '9', false],
    [10, '>=', 10, true],
    ['Adam', '=', 'aDAM', true],
    ['Adam', '!=', 'adam', false],
    ['run-2', '<', 'run-10', true],
    ['10', '=', 10, true],
    ['10', '<', 20, false],
    [10, '<', 'x', false],
    ['NaN', '>', 0, false],
    ['NaN', '=', 'nan', true],
    [true, '=', true, true],
    [true, '=', 'true', true],
    [[1, 'Best'], '=', 'best', true],
    [[1, 'Best'], '=', '1', true],
    [[1, 'Best'], '!=', 'best', false],
    [[1, 'Best'], 'contains', 'es', true],
    [1e21, 'contains', 'e+', true],
    [null, '=', '', false],
    [null, '!=', 'x', true],
    [null, 'contains', '', false],
    [null, 'is set', undefined, false],
    [null, 'is not set', undefined, true],
    [0, 'is set', undefined, true],
    [false, 'is set', undefined, true],
  ])('%j %s %j: %s', (cell, is, value, taken) => {
    const condition = { column: 'config x', is, ...(value !== undefined && { value }) };
    expect(cellTest(condition)(cell)).toBe(taken);
  });

  it('takes dates for when a run was made, those without a time as of this time zone', () => {
    const test = cellTest({ column: 'created', is: '>=', value: '2026-01-31' });
    expect(test(at('2026-01-31T00:00'))).toBe(true);
    expect(test(at('2026-01-30T23:59'))).toBe(false);
  });
});

describe('words', () => {
  it('are in the order a person expects', () => {
    const words = ['run-10', 'Émile', 'run-9', 'zoo', 'eva', 'Adam', 'run-009', 'adam', '1e5', 'Z'];
    expect(words.toSorted(compareWords)).toEqual([
      '1e5',
      'Adam',
      'adam',
      'Émile',
      'eva',
      'run-009',
      'run-9',
      'run-10',
      'Z',
      'zoo',
    ]);
  });

  it.each<[unknown, Cell]>([
    ['', null],
    [[], null],
    [undefined, null],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [[1], [1]],
    ['x'.repeat(10_000), 'x'.repeat(4096)],
  ])('are made of %j', (value, cell) => {
    expect(toCell(value)).toEqual(cell);
  });

  it('are made of what is nested too deep to be written', () => {
    let deep: unknown[] = [];
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect(toCell(deep)).toMatch(/^…+$/);
  });
});
