import type { RunFilter, RunScope } from '../../shared/domain/run-list.ts';
import { cellTest, type CellTest } from './cell-test.ts';
import type { Column } from './column.ts';
import type { RunTable } from './run-table.ts';
import { fold, textOf, type Cell } from './words.ts';

type RowTest = (row: number) => boolean;

/** The rows of a scope, the newest run first. */
export function rowsIn(table: RunTable, scope: RunScope): Uint32Array {
  const { projectId, jobId, sweepId } = table.stored;
  const binned = scope.binned ?? false;
  const tests = [
    ...isOf(projectId, scope.projectId),
    ...isOf(jobId, scope.jobId),
    ...isOf(sweepId, scope.sweepId),
  ];
  const rows = new Uint32Array(table.size);
  let count = 0;
  for (let row = table.size - 1; row >= 0; row--) {
    if (!table.isThere(row) || table.isBinned(row) !== binned) continue;
    if (tests.every((test) => test(row))) rows[count++] = row;
  }
  return rows.slice(0, count);
}

function isOf(column: Column, id: string | undefined): RowTest[] {
  if (id === undefined) return [];
  const code = column.dictionary.find(id);
  return [(row) => code !== 0 && column.code(row) === code];
}

/** Those of the rows that a filter takes, in the same order. */
export function filterRows(
  table: RunTable,
  rows: Uint32Array,
  filter: RunFilter,
  now: number,
): Uint32Array {
  let taken = rows;
  for (const test of testsOf(table, filter, now)) taken = taken.filter(test);
  return taken;
}

function testsOf(table: RunTable, filter: RunFilter, now: number): RowTest[] {
  const { states, starred, tags = [], conditions = [], text = '' } = filter;
  const { stored } = table;
  const tests: RowTest[] = [];
  if (states?.length) tests.push(testOf(stored.state, (cell) => (states as Cell[]).includes(cell)));
  if (starred !== undefined) tests.push(testOf(stored.starred, (cell) => cell === starred));
  for (const tag of tags) tests.push(testOf(stored.tags, (cell) => itemsOf(cell).includes(tag)));
  for (const condition of conditions) {
    tests.push(testOf(table.column(condition.column, now), cellTest(condition)));
  }
  if (text !== '') tests.push(textTest(table, text, now));
  return tests;
}

/** Each distinct word is looked at once. */
function testOf(column: Column | undefined, test: CellTest): RowTest {
  if (!column) {
    const all = test(null);
    return () => all;
  }
  const taken = column.dictionary.taken(test);
  return (row) => {
    const number = column.number(row);
    return Number.isNaN(number) ? taken[column.code(row)] === 1 : test(number);
  };
}

function textTest(table: RunTable, text: string, now: number): RowTest {
  const wanted = fold(text);
  const has = (cell: Cell): boolean =>
    itemsOf(cell).some((item) => fold(textOf(item)).includes(wanted));
  const { name, reason, notes, tags } = table.stored;
  const tests = [name, table.column('job', now), reason, notes, tags].map((column) =>
    testOf(column, has),
  );
  return (row) => tests.some((test) => test(row));
}

/** The tags of a cell of these, or what it is itself. */
const itemsOf = (cell: Cell): Cell[] => (Array.isArray(cell) ? cell : cell === null ? [] : [cell]);
