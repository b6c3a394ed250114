import type { Run } from '../../../shared/domain/run.ts';
import type { GridItem, GridSource } from '../../ui/grid-model.ts';
import { groupName } from './group-name.tsx';
import { PAGE, pagesBetween } from './run-pages.ts';
import type { ShownRuns } from './run-window.ts';

/** A list of runs as a grid shows it, and the way from its places to those of the list. */
export interface RunSource extends GridSource<Run> {
  /** The pages that rows are on. */
  pagesOf: (first: number, last: number) => number[];
  /** Place in the list of the run at a place of the grid; null for the title of a group. */
  positionAt: (index: number) => number | null;
  runAt: (index: number) => Run | undefined;
}

const waiting = (position: number): GridItem<Run> => ({ kind: 'waiting', key: `at ${position}` });

function finder({ pages, total }: ShownRuns) {
  const at = (position: number): Run | undefined =>
    pages.get(Math.floor(position / PAGE))?.[position % PAGE];
  const positions = new Map<string, number>();
  for (const [page, runs] of pages) {
    runs.forEach((run, n) => positions.set(run.id, page * PAGE + n));
  }
  const item = (position: number): GridItem<Run> => {
    const row = at(position);
    return row ? { kind: 'row', key: row.id, row } : waiting(position);
  };
  return { at, item, positionOf: (id: string) => positions.get(id) ?? -1, total };
}

/** The pages of the runs from one place of the list to another. */
const pagesOfPlaces = (from: number, to: number): number[] =>
  pagesBetween(Math.floor(from / PAGE), Math.floor(to / PAGE));

function flatSource(shown: ShownRuns): RunSource {
  const { at, item, positionOf, total } = finder(shown);
  return {
    count: total,
    itemAt: item,
    indexOf: positionOf,
    pagesOf: pagesOfPlaces,
    positionAt: (index) => index,
    runAt: at,
  };
}

interface Group {
  key: string;
  /** Where its title stands in the grid, and its first run in the list. */
  index: number;
  position: number;
  count: number;
  open: boolean;
  value: unknown;
}

function layOut(
  groups: NonNullable<ShownRuns['groups']>,
  closed: ReadonlySet<string>,
): { laid: Group[]; count: number } {
  let [index, position] = [0, 0];
  const laid = groups.map(({ value, count }) => {
    const key = `group ${JSON.stringify(value)}`;
    const group = { key, index, position, count, value, open: !closed.has(key) };
    index += 1 + (group.open ? count : 0);
    position += count;
    return group;
  });
  return { laid, count: index };
}

/** The last group whose title is at the place or above it. */
function groupAt(groups: readonly Group[], index: number): Group | undefined {
  let [low, high] = [0, groups.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (groups[middle]!.index <= index) low = middle + 1;
    else high = middle;
  }
  return groups[low - 1];
}

function groupedSource(
  shown: ShownRuns,
  groups: NonNullable<ShownRuns['groups']>,
  closed: ReadonlySet<string>,
): RunSource {
  const { at, item, positionOf } = finder(shown);
  const { laid, count } = layOut(groups, closed);
  const byKey = new Map(laid.map((group) => [group.key, group.index]));
  const column = shown.view.groupBy ?? '';
  const positionAt = (index: number): number | null => {
    const group = groupAt(laid, index);
    return !group || group.index === index ? null : group.position + index - group.index - 1;
  };
  const indexOfPosition = (position: number): number => {
    const group = laid.find((each) => position < each.position + each.count);
    return group?.open ? group.index + 1 + position - group.position : -1;
  };
  return {
    count,
    itemAt: (index) => {
      const position = positionAt(index);
      if (position !== null) return item(position);
      const { key, value, count: size, open } = groupAt(laid, index)!;
      return { kind: 'group', key, count: size, open, ...groupName(column, value) };
    },
    indexOf: (key) => {
      const title = byKey.get(key);
      const position = title === undefined ? positionOf(key) : -1;
      return title ?? (position < 0 ? -1 : indexOfPosition(position));
    },
    groupOf: (index) => groupAt(laid, index)?.index ?? -1,
    pagesOf: (first, last) => {
      const pages = new Set<number>();
      for (let index = first; index <= last; index += 1) {
        const position = positionAt(index);
        if (position !== null) pages.add(Math.floor(position / PAGE));
      }
      return [...pages];
    },
    positionAt,
    runAt: (index) => {
      const position = positionAt(index);
      return position === null ? undefined : at(position);
    },
  };
}

/** `closed`: keys of the groups whose runs are not shown. */
export const runSource = (shown: ShownRuns, closed: ReadonlySet<string>): RunSource =>
  shown.groups ? groupedSource(shown, shown.groups, closed) : flatSource(shown);
