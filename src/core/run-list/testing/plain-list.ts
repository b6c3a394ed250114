import type { Json } from '../../../shared/domain/json.ts';
import { PRIORITIES, RUN_STATES, type Run } from '../../../shared/domain/run.ts';
import type { RunFilter, RunQuery, RunScope } from '../../../shared/domain/run-list.ts';
import { eachFlatValue } from '../../../shared/flat-values.ts';
import { cellTest } from '../cell-test.ts';
import { compareWords, toCell, type Cell } from '../words.ts';

/** What a list of runs is asked about, whole in memory. */
export interface World {
  /** Newest first. */
  runs: readonly Run[];
  binnedJobs: ReadonlySet<string>;
  now: number;
}

/** The answer to a query by the shortest way there is: what the fast one has to come to. */
export function plainList({ runs, binnedJobs, now }: World, query: RunQuery) {
  const all = runs.filter((run) => isIn(query.scope, run, binnedJobs));
  const found = all.filter((run) => takes(query.filter, run, now));
  const { groupBy } = query;
  const grouped = query.sort.find(({ column }) => column === groupBy);
  const orders = [
    ...(groupBy === null ? [] : [{ column: groupBy, descending: grouped?.descending ?? false }]),
    ...query.sort,
  ];
  const sorted = found.toSorted((a, b) => {
    for (const { column, descending } of orders) {
      const order = compareCells(
        column,
        cellOf(a, column, now),
        cellOf(b, column, now),
        descending,
      );
      if (order !== 0) return order;
    }
    return 0;
  });
  return {
    all: all.length,
    total: found.length,
    ids: sorted.slice(query.offset, query.offset + query.limit).map(({ id }) => id),
    groups: groupBy === null ? null : groupsOf(sorted.map((run) => cellOf(run, groupBy, now))),
  };
}

function isIn(scope: RunScope, run: Run, binnedJobs: ReadonlySet<string>): boolean {
  const binned = run.binnedAt !== null || binnedJobs.has(run.jobId);
  return (
    binned === (scope.binned ?? false) &&
    (scope.projectId === undefined || run.projectId === scope.projectId) &&
    (scope.jobId === undefined || run.jobId === scope.jobId) &&
    (scope.sweepId === undefined || run.sweep?.id === scope.sweepId)
  );
}

function takes(filter: RunFilter, run: Run, now: number): boolean {
  const text = filter.text?.toLowerCase() ?? '';
  const texts = [run.name, run.jobName, run.reason?.text ?? '', run.notes, ...run.tags];
  return (
    texts.some((each) => each.toLowerCase().includes(text)) &&
    (!filter.states?.length || filter.states.includes(run.state)) &&
    (filter.starred === undefined || filter.starred === run.starred) &&
    (filter.tags ?? []).every((tag) => run.tags.includes(tag)) &&
    (filter.conditions ?? []).every((each) => cellTest(each)(cellOf(run, each.column, now)))
  );
}

function cellOf(run: Run, column: string, now: number): Cell {
  const own: Record<string, unknown> = {
    ...{ name: run.name, state: run.state, job: run.jobName, version: run.versionNumber },
    ...{ creator: run.creator, created: run.createdAt, engine: run.engine, tags: run.tags },
    ...{ notes: run.notes, starred: run.starred, queue: run.queue?.name ?? null },
    priority: run.queue && run.priority,
    duration: run.durationMs ?? (run.startedAt === null ? null : Math.max(0, now - run.startedAt)),
  };
  if (Object.hasOwn(own, column)) return toCell(own[column]);
  let found: unknown = null;
  for (const of of ['config', 'summary'] as const) {
    eachFlatValue(run[of] ?? {}, (name, value) => {
      if (`${of} ${name}` === column) found = value;
    });
  }
  return toCell(found);
}

const zoneOf = (cell: Cell): number => (cell === null ? 2 : Number(typeof cell !== 'number'));

function compareCells(column: string, a: Cell, b: Cell, descending: boolean): number {
  const zones = zoneOf(a) - zoneOf(b);
  if (zones !== 0 || a === null || b === null) return zones;
  return (descending ? -1 : 1) * compareSet(column, a, b);
}

function compareSet(column: string, a: NonNullable<Cell>, b: NonNullable<Cell>): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  const order: readonly unknown[] | undefined = { state: RUN_STATES, priority: PRIORITIES }[column];
  if (order) return order.indexOf(a) - order.indexOf(b);
  return compareWords(a, b);
}

function groupsOf(cells: readonly Cell[]): { value: Json; count: number }[] {
  const groups: { value: Json; count: number }[] = [];
  for (const value of cells) {
    const last = groups.at(-1);
    if (last && JSON.stringify(last.value) === JSON.stringify(value)) last.count += 1;
    else groups.push({ value, count: 1 });
  }
  return groups;
}
