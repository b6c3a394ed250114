import { create } from 'zustand';
import type { RunFilter } from '../../shared/domain/run-list.ts';

/** What somebody did with a list of runs, for coming back to it while the window is open. */
export interface RunListState {
  filter: RunFilter;
  /** Groups whose runs are not shown. */
  closed: ReadonlySet<string>;
}

export const FIRST_LIST: RunListState = { filter: {}, closed: new Set() };

export const useRunLists = create<Readonly<Record<string, RunListState>>>(() => ({}));

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
  const { filter } = useRunLists.getState()[table] ?? FIRST_LIST;
  const entries = Object.entries({ ...filter, ...change }).filter(
    ([, value]) =>
      value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  changeList(table, { filter: Object.fromEntries(entries) });
}
