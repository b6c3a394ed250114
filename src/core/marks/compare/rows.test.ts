import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/domain/json.ts';
import { jsonSchema } from '../../../shared/domain/json.ts';
import { flat } from './named-values.ts';
import { rowsOf } from './rows.ts';

const values = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.jsonValue(), {
  maxKeys: 4,
}) as fc.Arbitrary<Record<string, Json>>;
const stored = (value: Record<string, Json>) => JSON.parse(JSON.stringify(value)) as typeof value;

describe('rowsOf', () => {
  it('says the same whichever run comes first', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 2, maxLength: 8 }), (configs) => {
        const sides = configs.map((config) => flat(stored(config)));
        const rows = rowsOf('config', sides);
        const turned = rowsOf('config', sides.toReversed());
        const byName = (name: string) => turned.find((row) => row.name === name);
        expect(turned).toHaveLength(rows.length);
        for (const row of rows) {
          expect(byName(row.name)?.differs).toBe(row.differs);
          expect(byName(row.name)?.values.toReversed()).toEqual(row.values);
          expect(jsonSchema.safeParse(row.values).success).toBe(true);
        }
      }),
    );
  });

  it('finds no difference between a run and itself', () => {
    fc.assert(
      fc.property(values, (config) => {
        const side = flat(stored(config));
        expect(rowsOf('config', [side, new Map(side), side]).some(({ differs }) => differs)).toBe(
          false,
        );
      }),
    );
  });

  it('tells a value that is null from one that is not there', () => {
    const sides = [flat({ a: null, b: 1 }), flat({ b: 1 })];
    expect(rowsOf('config', sides)).toEqual([
      { section: 'config', name: 'a', values: [null, null], differs: true },
      { section: 'config', name: 'b', values: [1, 1], differs: false },
    ]);
  });

  it.each([
    [{ a: [{ x: 1, y: 2 }] }, { a: [{ y: 2, x: 1 }] }, false],
    [{ a: [1, 2] }, { a: [2, 1] }, true],
    [{ a: 1 }, { a: '1' }, true],
    [{ a: {} }, { a: { b: 1 } }, true],
    [{ a: { b: 1 } }, { a: { b: 2 } }, true],
  ])('%j and %j', (one, other, differs) => {
    expect(rowsOf('config', [flat(one), flat(other)]).some((row) => row.differs)).toBe(differs);
  });

  it('lays eight runs with 5,000 keys each side by side', () => {
    const config = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, { v: i }]));
    const other = flat({ ...config, k7: { v: 0 }, more: 1 });
    const rows = rowsOf('config', [...Array.from({ length: 7 }, () => flat(config)), other]);
    expect(rows).toHaveLength(5001);
    expect(rows.filter((row) => row.differs).map(({ name }) => name)).toEqual(['k7.v', 'more']);
  });
});
