import { useEffect, useMemo, useState } from 'react';
import type { RunFilter, RunScope } from '../../../shared/domain/run-list.ts';
import {
  changeFilter,
  changeList,
  FIRST_LIST,
  scrolled,
  useRunLists,
} from '../../stores/run-lists.ts';
import { FIRST_LAYOUT, useRunTables } from '../../stores/run-layouts.ts';
import { clearSelection, NO_SELECTION, useRunSelection } from '../../stores/run-selection.ts';
import { PAGE, pagesBetween } from './run-pages.ts';
import { runSource, type RunSource } from './run-source.ts';
import type { RunView } from './run-window.ts';
import { useRunLayout, type RunLayoutNow } from './use-run-layout.ts';
import { useRunQuery } from './use-run-query.ts';

/** A list of runs on the screen: what it shows, how, and what is done with it. */
export interface RunListNow extends Omit<ReturnType<typeof useRunQuery>, 'state'> {
  /** The list that is remembered under this name. */
  table: string;
  scope: RunScope;
  view: RunView;
  /** As it is typed and chosen; the rows may be those of the one before. */
  filter: RunFilter;
  layout: RunLayoutNow;
  /** Null until there are rows, or none. */
  source: RunSource | null;
  closed: ReadonlySet<string>;
  change: (change: { [K in keyof RunFilter]: RunFilter[K] }) => void;
  toggleGroup: (key: string) => void;
}

/** Makes this list the one on the screen: commands are for what is selected in it. */
function useAsTable(table: string): void {
  useEffect(() => {
    const { of } = useRunSelection.getState();
    useRunSelection.setState(of === table ? { table } : { ...NO_SELECTION, table, of: table });
    return () => useRunSelection.setState({ table: null, tagging: false });
  }, [table]);
}

/** The text without what is around it: a space that is being typed filters nothing. */
function asked({ text, ...filter }: RunFilter): RunFilter {
  const trimmed = text?.trim();
  return trimmed ? { ...filter, text: trimmed } : filter;
}

/** The pages of a list, as it was scrolled, that fit in the window. */
function pagesInSight(table: string, rowHeight: number): number[] {
  const top = scrolled.get(table) ?? 0;
  const pageAt = (px: number): number => Math.floor(px / rowHeight / PAGE);
  return pagesBetween(pageAt(top), pageAt(top + window.innerHeight));
}

/** The runs of a scope, which is the same for as long as the list is on the screen. */
export function useRunList(table: string, firstScope: RunScope): RunListNow {
  const [scope] = useState(firstScope);
  const { filter, closed } = useRunLists((all) => all[table] ?? FIRST_LIST);
  const { sort, groupBy } = useRunTables(({ tables }) => tables[table] ?? FIRST_LAYOUT);
  const view = useMemo(
    () => ({ scope, filter: asked(filter), sort, groupBy }),
    [scope, filter, sort, groupBy],
  );
  const rowHeight = useRunTables(({ dense }) => (dense ? 28 : 32));
  const answer = useRunQuery(view, groupBy === null ? pagesInSight(table, rowHeight) : [0]);
  const layout = useRunLayout(table, scope, answer.shown?.all ?? null);
  useAsTable(table);
  const source = useMemo(
    () => answer.shown && runSource(answer.shown, closed),
    [answer.shown, closed],
  );
  return {
    ...answer,
    table,
    scope,
    view,
    filter,
    layout,
    source,
    closed,
    change: (change) => {
      // Nothing is done to runs that are not shown any more.
      clearSelection();
      changeFilter(table, change);
    },
    toggleGroup: (key) => {
      const next = new Set(closed);
      if (!next.delete(key)) next.add(key);
      changeList(table, { closed: next });
    },
  };
}
