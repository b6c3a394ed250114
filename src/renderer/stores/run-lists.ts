import { create } from 'zustand';
import type { RunFilter } from '../../shared/domain/run-list.ts';
import { keepFilter, readFilters, withoutEmpty } from './run-filters.ts';

/** What somebody did with a list of runs, for coming back to it. */
export interface RunListState {
  filter: RunFilter;
  /** Groups whose runs are not shown, while the window is open. */
  closed: ReadonlySet<string>;
}

export const FIRST_LIST: RunListState = { filter: {}, closed: new Set() };

type Lists = Readonly<Record<string, RunListState>>;

const readStored = (): Lists =>
  Object.fromEntries(readFilters().map(([table, filter]) => [table, { ...FIRST_LIST, filter }]));

export const useRunLists = create<Lists>(readStored);

/** How far each list was scrolled, in px. Nothing is drawn by it. */
export const scrolled = new Map<string, number>();

export function changeList(table: string, change: Partial<RunListState>): void {
  const before = useRunLists.getState()[table] ?? FIRST_LIST;
  useRunLists.setState({ [table]: { ...before, ...change } });
}

/** Filters a list; what is left away or empty filters nothing. */
export function changeFilter(
  table: string,
  change: { [K in keyof RunFilter]: RunFilter[K] },
): void {
  const { filter: before } = useRunLists.getState()[table] ?? FIRST_LIST;
  const filter = withoutEmpty({ ...before, ...change });
  changeList(table, { filter });
  keepFilter(table, filter);
}
