import type { RunColumn, RunScope } from '../../shared/domain/run-list.ts';
import { rowsIn } from './select-rows.ts';
import type { RunTable } from './run-table.ts';
import type { ValueColumn } from './value-columns.ts';
import { byUnits, wordKey } from './words.ts';

/** The columns of values that the runs of a scope have, those that differ first, then by name. */
export function listColumns(table: RunTable, scope: RunScope): RunColumn[] {
  const rows = rowsIn(table, scope);
  const isIn = new Uint8Array(table.size);
  for (const row of rows) isIn[row] = 1;
  const columns: RunColumn[] = [];
  for (const value of table.values.all()) {
    const column = describe(value, isIn, rows.length);
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

function describe({ column, ...about }: ValueColumn, isIn: Uint8Array, runs: number): RunColumn {
  let [count, numeric, same] = [0, false, true];
  let [firstNumber, firstCode] = [Number.NaN, 0];
  column.eachRow(isIn.length, (row) => {
    if (isIn[row] === 0) return;
    const number = column.number(row);
    const isNumber = !Number.isNaN(number);
    const code = isNumber ? 0 : column.code(row);
    if (!isNumber && code === 0) return;
    if (count === 0) [firstNumber, firstCode] = [number, code];
    count += 1;
    numeric ||= isNumber;
    same &&= isNumber ? number === firstNumber : code === firstCode;
  });
  return { ...about, numeric, differs: !same || count < runs, count };
}
