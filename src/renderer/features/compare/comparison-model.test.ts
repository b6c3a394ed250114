import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/domain/json.ts';
import {
  bestOf,
  cellText,
  differsFromBase,
  linesOf,
  tableText,
  type ComparedRow,
} from './comparison-model.ts';

const row = (
  section: ComparedRow['section'],
  name: string,
  values: Json[],
  differs = true,
): ComparedRow => ({ section, name, values, differs });

const words = (rows: ComparedRow[], ask: Parameters<typeof linesOf>[1]): string[] =>
  linesOf(rows, ask).map((line) =>
    line.kind === 'section' ? `${line.title} (${line.count})` : line.row.name,
  );

describe('the lines of a comparison', () => {
  const rows = [
    row('results', 'loss', [1, 2]),
    row('inputs', 'lr', [0.1, 0.2]),
    row('inputs', 'epochs', [3, 3], false),
    row('environment', 'numpy', ['2.1', '2.1'], false),
  ];

  it('are sections in their order, without those that have nothing to show', () => {
    expect(words(rows, { onlyDifferent: true, filter: '' })).toEqual([
      ...['Inputs (1)', 'lr', 'Results (1)', 'loss'],
    ]);
    expect(words(rows, { onlyDifferent: false, filter: '' })).toEqual([
      ...['Inputs (2)', 'lr', 'epochs', 'Environment (1)', 'numpy', 'Results (1)', 'loss'],
    ]);
  });

  it('are found by a part of their name', () => {
    expect(words(rows, { onlyDifferent: false, filter: ' NUM ' })).toEqual([
      'Environment (1)',
      'numpy',
    ]);
    expect(words(rows, { onlyDifferent: true, filter: 'numpy' })).toEqual([]);
  });

  it('are copied as a table whose cells hold no tabs and no lines, numbers in full', () => {
    const lines = linesOf(
      [row('inputs', 'a\tb', ['x\ny', 0.123456789]), row('inputs', 'c', [null, [1, 'two']])],
      { onlyDifferent: true, filter: '' },
    );
    expect(tableText(['one', 'two'], lines)).toBe(
      'Section\tName\tone\ttwo\nInputs\ta b\tx y\t0.123456789\nInputs\tc\t\t[1,"two"]',
    );
  });
});

describe('a value', () => {
  it.each<[Json, string]>([
    [null, ''],
    [0.0003, '3e-4'],
    [true, 'true'],
    ['adamw', 'adamw'],
    [[1, 2], '[1,2]'],
    [{ a: 1 }, '{"a":1}'],
  ])('%j reads %s', (value, text) => expect(cellText(value)).toBe(text));

  it('differs from that of the first run only where it is another', () => {
    const compared = row('inputs', 'x', [[1], [1], '1', null]);
    expect([0, 1, 2, 3].map((at) => differsFromBase(compared, at))).toEqual([
      ...[false, false, true, true],
    ]);
  });
});

describe('the best result', () => {
  it.each<[string, Json[], number[]]>([
    ['val/loss', [0.3, 0.2, 0.4], [1]],
    ['valLoss', [0.3, null, 0.4], [0]],
    ['val_acc', [0.8, 0.9, 0.9], [1, 2]],
    ['f1', [0.8, 0.7], [0]],
    ['test.error', [3, 'x', 2], [2]],
    // Nothing says which way is better, or both ways do.
    ['epoch', [1, 2], []],
    ['loss_score', [1, 2], []],
    // All are the same, or there is nothing to be better than.
    ['loss', [1, 1], []],
    ['loss', [1, null], []],
  ])('of %s in %j is at %j', (name, values, best) => {
    expect(bestOf(row('results', name, values))).toEqual(best);
  });

  it('is of results alone', () => {
    expect(bestOf(row('inputs', 'loss', [1, 2]))).toEqual([]);
  });
});
