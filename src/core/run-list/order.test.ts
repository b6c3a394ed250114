import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { StoredColumn } from './column.ts';
import { sortRows } from './order.ts';

const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());

it('puts any numbers in order, equal ones as they were and those without one last', () => {
  fc.assert(
    fc.property(fc.array(fc.option(number)), fc.boolean(), (values, descending) => {
      const column = new StoredColumn();
      values.forEach((value, row) => column.set(row, value));
      const rows = values.map((_, row) => row);
      const plain = rows.toSorted((a, b) => {
        const [one, other] = [values[a]!, values[b]!];
        if (one === null || other === null) return Number(one === null) - Number(other === null);
        return one === other ? 0 : (one < other ? -1 : 1) * (descending ? -1 : 1);
      });
      expect([...sortRows(Uint32Array.from(rows), column, descending)]).toEqual(plain);
    }),
  );
});
