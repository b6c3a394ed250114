import type { Run } from '../../shared/domain/run.ts';
import {
  VALUE_SOURCES,
  valueColumnId,
  type RunColumn,
  type RunCondition,
  type RunFilter,
  type RunQuery,
  type RunScope,
} from '../../shared/domain/run-list.ts';
import { jsonSchema, type Json } from '../../shared/domain/json.ts';
import { compareValues, flatValues } from '../features/runs/flat-values.ts';
import type { World } from './fake-world.ts';
import type { Handlers } from './handlers.ts';

const isIn =
  ({ projectId, jobId, sweepId, binned = false }: RunScope) =>
  (run: Run): boolean =>
    (projectId === undefined || run.projectId === projectId) &&
    (jobId === undefined || run.jobId === jobId) &&
    (sweepId === undefined || run.sweep?.id === sweepId) &&
    (run.binnedAt !== null) === binned;

/** What a run has in a column; undefined where it has nothing. */
function cellOf(run: Run, column: string): unknown {
  const of = VALUE_SOURCES.find((source) => column.startsWith(`${source} `));
  if (of) return flatValues(run[of]).get(column.slice(of.length + 1));
  const own: Record<string, unknown> = {
    ...{ name: run.name, state: run.state, job: run.jobName, version: run.versionNumber },
    ...{ creator: run.creator, created: run.createdAt, engine: run.engine ?? undefined },
    ...{ tags: run.tags.length > 0 ? run.tags : undefined, notes: run.notes || undefined },
    ...{ queue: run.queue?.name, priority: run.queue ? run.priority : undefined },
    ...{ starred: run.starred, duration: run.startedAt && (run.endedAt ?? 0) - run.startedAt },
  };
  return own[column];
}

function holds(run: Run, { column, is, value }: RunCondition): boolean {
  const cell = cellOf(run, column);
  if (is === 'is set') return cell !== undefined;
  if (is === 'is not set') return cell === undefined;
  const order = compareValues(cell, value);
  const text = String(cell).toLowerCase();
  return {
    '=': order === 0,
    '!=': order !== 0,
    '<': cell !== undefined && order < 0,
    '<=': cell !== undefined && order <= 0,
    '>': order > 0,
    '>=': order >= 0,
    contains: text.includes(String(value).toLowerCase()),
  }[is];
}

const matches =
  ({ text = '', states, starred, tags = [], conditions = [] }: RunFilter) =>
  (run: Run): boolean =>
    `${run.name} ${run.jobName} ${run.reason?.text ?? ''} ${run.notes} ${run.tags.join(' ')}`
      .toLowerCase()
      .includes(text.toLowerCase()) &&
    (!states || states.includes(run.state)) &&
    (starred === undefined || run.starred === starred) &&
    tags.every((tag) => run.tags.includes(tag)) &&
    conditions.every((condition) => holds(run, condition));

/** The order of a query: what it is grouped by, then what it is sorted by, then newest first. */
const orderOf =
  ({ sort, groupBy }: RunQuery) =>
  (a: Run, b: Run): number => {
    const group =
      groupBy === null || sort.some(({ column }) => column === groupBy) ? [] : [groupBy];
    const by = [...group.map((column) => ({ column, descending: false })), ...sort];
    for (const { column, descending } of by) {
      const [x, y] = [cellOf(a, column), cellOf(b, column)];
      const order = compareValues(x, y);
      const isEmpty = x === undefined || y === undefined;
      if (order !== 0) return descending && !isEmpty ? -order : order;
    }
    return b.createdAt - a.createdAt;
  };

function groupsOf(runs: readonly Run[], column: string): { value: Json; count: number }[] {
  const groups = Map.groupBy(runs, (run) => JSON.stringify(cellOf(run, column) ?? null));
  return [...groups].map(([value, { length }]) => ({
    value: jsonSchema.parse(JSON.parse(value)),
    count: length,
  }));
}

/** Lists of runs, filtered, sorted and grouped as main does it. */
export const runListHandlers = (world: World): Pick<Handlers, 'queryRuns' | 'runColumns'> => ({
  queryRuns: (query) => {
    const all = world.runs.filter(isIn(query.scope));
    const found = all.filter(matches(query.filter)).toSorted(orderOf(query));
    // Copies, as they come over the bridge.
    const page = found.slice(query.offset, query.offset + query.limit);
    const runs = page.map((run) => ({ ...run }));
    const groups = query.groupBy === null ? null : groupsOf(found, query.groupBy);
    return { all: all.length, total: found.length, runs, groups };
  },
  runColumns: ({ scope }) => {
    const runs = world.runs.filter(isIn(scope));
    const columns = new Map<string, RunColumn & { values: Set<string> }>();
    for (const run of runs) {
      for (const of of VALUE_SOURCES) {
        for (const [name, value] of flatValues(run[of])) {
          const id = valueColumnId(of, name);
          const none = { id, name, of, numeric: false, differs: false, count: 0 };
          const have = columns.get(id) ?? { ...none, values: new Set<string>() };
          have.numeric ||= typeof value === 'number';
          have.count += 1;
          have.values.add(JSON.stringify(value));
          columns.set(id, have);
        }
      }
    }
    const known = [...columns.values()].map(({ values, ...column }) => ({
      ...column,
      differs: values.size > 1 || column.count < runs.length,
    }));
    return known.toSorted((a, b) => Number(b.differs) - Number(a.differs));
  },
});
