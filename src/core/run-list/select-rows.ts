import type { RunFilter, RunScope } from '../../shared/domain/run-list.ts';
import { cellTest, type CellTest } from './cell-test.ts';
import type { Column } from './column.ts';
import type { RunTable } from './run-table.ts';
import type { Cell } from './words.ts';

/** By place in the rows looked at, whether it is taken. */
type Taken = Uint8Array;

/** The rows of a scope, the newest run first. */
export function rowsIn(table: RunTable, scope: RunScope): Uint32Array {
  const { projectId, jobId, sweepId } = table.stored;
  let rows = table.rows(scope.binned ?? false);
  for (const [column, id] of [
    [projectId, scope.projectId],
    [jobId, scope.jobId],
    [sweepId, scope.sweepId],
  ] as const) {
    if (id !== undefined)
      rows = only(
        rows,
        takenOf(column, rows, (cell) => cell === id),
      );
  }
  return rows;
}

/** Those of the rows that a filter takes, in the same order. */
export function filterRows(
  table: RunTable,
  rows: Uint32Array,
  filter: RunFilter,
  now: number,
): Uint32Array {
  const { states, starred, tags = [], conditions = [], text = '' } = filter;
  const { stored } = table;
  let found = rows;
  const keep = (column: Column | undefined, test: CellTest): void => {
    found = only(found, takenOf(column, found, test));
  };
  if (states?.length) keep(stored.state, (cell) => (states as Cell[]).includes(cell));
  if (starred !== undefined) keep(stored.starred, (cell) => cell === starred);
  for (const tag of tags) keep(stored.tags, (cell) => tagsOf(cell).includes(tag));
  for (const condition of conditions) {
    keep(table.column(condition.column, now), cellTest(condition));
  }
  return text === '' ? found : only(found, takenByText(table, found, text, now));
}

function only(rows: Uint32Array, taken: Taken): Uint32Array {
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at++) if (taken[at] === 1) found[count++] = rows[at]!;
  return found.slice(0, count);
}

/** Each distinct word is looked at once. */
function takenOf(column: Column | undefined, rows: Uint32Array, test: CellTest): Taken {
  const taken = new Uint8Array(rows.length);
  const none = Number(test(null));
  if (!column) return taken.fill(none);
  const { numbers, codes, dictionary } = column.read(rows);
  const words = dictionary.taken(test);
  for (let at = 0; at < rows.length; at++) taken[at] = codes === null ? none : words[codes[at]!]!;
  if (!numbers) return taken;
  for (let at = 0; at < rows.length; at++) {
    const number = numbers[at]!;
    if (!Number.isNaN(number)) taken[at] = Number(test(number));
  }
  return taken;
}

function takenByText(table: RunTable, rows: Uint32Array, text: string, now: number): Taken {
  const { name, reason, notes, tags } = table.stored;
  const taken = new Uint8Array(rows.length);
  for (const column of [name, table.column('job', now)!, reason, notes, tags]) {
    const { codes, dictionary } = column.read(rows);
    if (!codes) continue;
    const having = dictionary.having(text);
    for (let at = 0; at < codes.length; at++) taken[at]! |= having[codes[at]!]!;
  }
  return taken;
}

const tagsOf = (cell: Cell): readonly Cell[] => (Array.isArray(cell) ? cell : []);
