import type { RunColumn } from '../../shared/domain/run-list.ts';
import type { RunTable } from './run-table.ts';
import type { ValueColumn } from './value-columns.ts';
import { byUnits, wordKey } from './words.ts';

/** The columns of values that some of the runs have, those that differ first, then by name. */
export function listColumns(table: RunTable, rows: Uint32Array): RunColumn[] {
  const columns: RunColumn[] = [];
  for (const value of table.values.all()) {
    const column = describe(value, rows);
    if (column.count > 0) columns.push(column);
  }
  const keys = new Map(columns.map(({ id, name }) => [id, wordKey(name)]));
  return columns.sort(
    (a, b) =>
      Number(b.differs) - Number(a.differs) ||
      byUnits(keys.get(a.id)!, keys.get(b.id)!) ||
      byUnits(a.id, b.id),
  );
}

function describe({ column, ...about }: ValueColumn, rows: Uint32Array): RunColumn {
  const numbers = new Tally();
  const words = new Tally();
  for (const part of column.parts(rows)) {
    if (part instanceof Float64Array) numbers.add(part);
    else words.add(part);
  }
  const count = numbers.count + words.count;
  const isSame = numbers.isSame && words.isSame && (numbers.count === 0 || words.count === 0);
  return { ...about, numeric: numbers.count > 0, differs: !isSame || count < rows.length, count };
}

/** How many there are, and whether they are all the same. */
class Tally {
  count = 0;
  isSame = true;
  #first = 0;

  /** Numbers, of which NaN is none, or codes, of which 0 is none. */
  add(values: Float64Array | Uint32Array): void {
    const isCode = values instanceof Uint32Array;
    let { count, isSame } = this;
    for (let at = 0; at < values.length; at++) {
      const each = values[at]!;
      if (isCode ? each === 0 : Number.isNaN(each)) continue;
      if (count++ === 0) this.#first = each;
      else if (each !== this.#first) isSame = false;
    }
    this.count = count;
    this.isSame = isSame;
  }
}
