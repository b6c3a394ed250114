import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { StoredColumn } from './column.ts';
import { sortRows } from './order.ts';
import { topRows } from './top-rows.ts';

const value = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom('a', 'b', 'B', true, null),
);

it('are the first ones of all in order', () => {
  fc.assert(
    fc.property(fc.array(value), fc.boolean(), fc.nat(20), (values, descending, count) => {
      const column = new StoredColumn();
      values.forEach((each, row) => column.set(row, each));
      // The newest first, as in a list.
      const rows = Uint32Array.from(values.keys()).reverse();
      const sorted = sortRows(rows, column, descending).subarray(0, count);
      expect([...topRows(rows, column, { descending, count })]).toEqual([...sorted]);
    }),
  );
});
