import type { RunPage, RunQuery } from '../../shared/domain/run-list.ts';
import { AppError } from '../../shared/errors.ts';
import { cellAt, isSameCell, type Column } from './column.ts';
import { sortRows } from './order.ts';
import type { RunTable } from './run-table.ts';
import { filterRows } from './select-rows.ts';

/** More groups than anybody looks at: that many runs have hardly two of a value. */
const MOST_GROUPS = 10_000;

export type RunGroups = RunPage['groups'];

/** All that a query comes to, of which a page is a part. */
export interface Answered {
  /** In the order asked for. */
  rows: Uint32Array;
  groups: RunGroups;
}

/**
 * @param scope the rows to choose from
 * @throws AppError `E_ARGS` when a column has too many values to group by.
 */
export function answerQuery(
  table: RunTable,
  scope: Uint32Array,
  query: RunQuery,
  now: number,
): Answered {
  let rows = filterRows(table, scope, query.filter, now);
  for (const { column, descending } of ordersOf(query).toReversed()) {
    const values = table.column(column, now);
    if (values) rows = sortRows(rows, values, descending);
  }
  const groups = query.groupBy === null ? null : groupsOf(rows, table.column(query.groupBy, now));
  return { rows, groups };
}

/** The first counts most; a group may be sorted in itself. */
function ordersOf({ sort, groupBy }: RunQuery): RunQuery['sort'] {
  if (groupBy === null) return sort;
  const own = sort.find(({ column }) => column === groupBy);
  return [own ?? { column: groupBy, descending: false }, ...sort];
}

function groupsOf(rows: Uint32Array, column: Column | undefined): RunGroups {
  if (rows.length === 0) return [];
  if (!column) return [{ value: null, count: rows.length }];
  const cells = column.read(rows);
  const groups: NonNullable<RunGroups> = [];
  let start = 0;
  for (let at = 1; at <= rows.length; at++) {
    if (at < rows.length && isSameCell(cells, at - 1, at)) continue;
    if (groups.length === MOST_GROUPS) throw tooMany();
    groups.push({ value: cellAt(cells, start), count: at - start });
    start = at;
  }
  return groups;
}

const tooMany = (): AppError =>
  new AppError('E_ARGS', `That column has more than ${MOST_GROUPS} values to group by.`, {
    next: 'Sort by it, or group by another column.',
  });
