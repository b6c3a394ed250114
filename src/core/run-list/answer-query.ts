import type { RunPage, RunQuery } from '../../shared/domain/run-list.ts';
import { AppError } from '../../shared/errors.ts';
import { cellAt, isSameCell, type Column } from './column.ts';
import { sortRows } from './order.ts';
import type { RunTable } from './run-table.ts';
import { filterRows } from './select-rows.ts';
import { topRows } from './top-rows.ts';

/** More groups than anybody looks at: that many runs have hardly two of a value. */
const MOST_GROUPS = 10_000;
/** Rows that are found without putting all in order: as many as a screen shows. */
export const FIRST = 100;

export type RunGroups = RunPage['groups'];

/** All that a query comes to, of which a page is a part. */
export interface Answered {
  total: number;
  /** The first rows, of as many as are asked for at least, or all of them; in the order asked for. */
  upTo: (count: number) => Uint32Array;
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
  const found = filterRows(table, scope, query.filter, now);
  const orders = ordersOf(query).flatMap(({ column, descending }) => {
    const values = table.column(column, now);
    return values ? [{ values, descending }] : [];
  });
  const all = once(() =>
    orders.reduceRight((rows, { values, descending }) => sortRows(rows, values, descending), found),
  );
  const [first, ...others] = orders;
  const top = once(() => topRows(found, first!.values, { ...first!, count: FIRST }));
  const isTop = query.groupBy === null && first !== undefined && others.length === 0;
  return {
    total: found.length,
    upTo: (count) => (isTop && count <= FIRST ? top() : all()),
    groups: query.groupBy === null ? null : groupsOf(all(), table.column(query.groupBy, now)),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
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
