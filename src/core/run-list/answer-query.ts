import type { RunPage, RunQuery } from '../../shared/domain/run-list.ts';
import { AppError } from '../../shared/errors.ts';
import { cellAt, type Column } from './column.ts';
import { sortRows } from './order.ts';
import type { RunTable } from './run-table.ts';
import { filterRows, rowsIn } from './select-rows.ts';

/** More groups than anybody looks at: that many runs have hardly two of a value. */
const MOST_GROUPS = 10_000;

export type RunGroups = RunPage['groups'];

/** All that a query comes to, of which a page is a part. */
export interface Answered {
  all: number;
  /** In the order asked for. */
  rows: Uint32Array;
  groups: RunGroups;
}

/** @throws AppError `E_ARGS` when a column has too many values to group by. */
export function answerQuery(table: RunTable, query: RunQuery, now: number): Answered {
  const scope = rowsIn(table, query.scope);
  let rows = filterRows(table, scope, query.filter, now);
  for (const { column, descending } of ordersOf(query).toReversed()) {
    const values = table.column(column, now);
    if (values) rows = sortRows(rows, values, descending);
  }
  const groups = query.groupBy === null ? null : groupsOf(rows, table.column(query.groupBy, now));
  return { all: scope.length, rows, groups };
}

/** The first counts most; a group may be sorted in itself. */
function ordersOf({ sort, groupBy }: RunQuery): RunQuery['sort'] {
  if (groupBy === null) return sort;
  const own = sort.find(({ column }) => column === groupBy);
  return [own ?? { column: groupBy, descending: false }, ...sort];
}

function groupsOf(rows: Uint32Array, column: Column | undefined): RunGroups {
  if (!column) return rows.length === 0 ? [] : [{ value: null, count: rows.length }];
  const groups: NonNullable<RunGroups> = [];
  let start = 0;
  for (let at = 1; at <= rows.length; at++) {
    if (at < rows.length && isSame(column, rows[at - 1]!, rows[at]!)) continue;
    if (groups.length === MOST_GROUPS) throw tooMany();
    groups.push({ value: cellAt(column, rows[start]!), count: at - start });
    start = at;
  }
  return groups;
}

const isSame = (column: Column, a: number, b: number): boolean => {
  const [one, other] = [column.number(a), column.number(b)];
  return (
    one === other || (Number.isNaN(one) && Number.isNaN(other) && column.code(a) === column.code(b))
  );
};

const tooMany = (): AppError =>
  new AppError('E_ARGS', `That column has more than ${MOST_GROUPS} values to group by.`, {
    next: 'Sort by it, or group by another column.',
  });
