import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { scrolled } from '../../stores/run-lists.ts';
import { useRunTables } from '../../stores/run-layouts.ts';
import { clearSelection, selectRuns, useRunSelection } from '../../stores/run-selection.ts';
import { navigate } from '../../stores/ui.ts';
import { ActionMenu } from '../../ui/action-menu.tsx';
import { nextSort, type SortBy } from '../../ui/grid-model.ts';
import { GridView } from '../../ui/grid-view.tsx';
import { columnActions } from './column-actions.ts';
import { commandActions, RUN_MENU } from './run-menu.ts';
import type { RunSource } from './run-source.ts';
import { pressRow, selectAll, toggleRow } from './select-rows.ts';
import styles from './runs.module.css';
import type { RunListNow } from './use-run-list.ts';

interface Props {
  label: string;
  list: RunListNow;
  source: RunSource;
  /** Opens the editor of a condition for a column, beside its title. */
  onFilterBy: (column: string, title: HTMLElement) => void;
  onType: (text: string) => void;
}

/** Height of the bar of several selected runs, with what is around it, in px. */
const BAR = 64;

const open = (run: Run | undefined): void => {
  if (run) navigate({ page: 'run', runId: run.id, tab: 'log' });
};

type OpenMenu =
  | { of: 'rows'; at: { x: number; y: number } }
  | { of: 'column'; id: string; title: HTMLElement; at: { x: number; y: number } };

const below = (element: HTMLElement): { x: number; y: number } => {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
};

/** The runs of a list as a table. */
export function RunGrid({ label, list, source, onFilterBy, onType }: Props) {
  const { table, layout, window } = list;
  const { columns, minWidth, change } = layout;
  const selected = useRunSelection((selection) => selection.runs);
  const dense = useRunTables((all) => all.dense);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const rows = { source, view: list.shown?.view ?? list.view };
  const sort = useMemo(
    () => layout.layout.sort.map(({ column, descending }): SortBy => ({ id: column, descending })),
    [layout.layout.sort],
  );
  const setSort = (next: readonly SortBy[]): void => {
    change({ sort: next.map(({ id, descending }) => ({ column: id, descending })) });
  };

  const frame = useRef<HTMLDivElement>(null);
  const shownView = list.shown?.view;
  const before = useRef(shownView);
  useEffect(() => {
    // Another order is read from its start; the same list, read again, stays where it is.
    // Not where it is at its start already: to be told so, all would have to be laid out first.
    if (before.current !== shownView && (scrolled.get(table) ?? 0) > 0) {
      frame.current?.firstElementChild?.scrollTo({ top: 0 });
    }
    before.current = shownView;
  }, [shownView, table]);

  const onKey = (event: KeyboardEvent, active: number): boolean | number => {
    const item = source.itemAt(active);
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.key.toLowerCase() === 'a') void selectAll(rows);
    else if (mod || event.altKey) return false;
    else if (event.key === ' ') toggleRow(rows, active);
    else if (event.key === 'Escape' && selected.size > 0) clearSelection();
    else if (item.kind === 'group' && event.key === (item.open ? 'ArrowLeft' : 'ArrowRight')) {
      list.toggleGroup(item.key);
    } else if (event.key === 'ArrowLeft' && item.kind !== 'group' && source.groupOf) {
      return source.groupOf(active);
    } else return false;
    return true;
  };
  const openRowMenu = (index: number, at: { x: number; y: number }): void => {
    const run = source.runAt(index);
    if (!run) return;
    if (!selected.has(run.id)) selectRuns([run], run.id);
    setMenu({ of: 'rows', at });
  };
  const openItem = (index: number, by: 'mouse' | 'keys'): void => {
    const item = source.itemAt(index);
    if (item.kind === 'group') return by === 'keys' ? list.toggleGroup(item.key) : undefined;
    open(source.runAt(index));
  };
  const onRange = useCallback(
    (first: number, last: number) => window.need(source.pagesOf(first, last)),
    [window, source],
  );
  return (
    <div ref={frame} className={styles.grid}>
      <GridView
        label={label}
        source={source}
        columns={columns}
        minWidth={minWidth}
        dense={dense}
        roomBelow={selected.size > 1 ? BAR : 0}
        sort={sort}
        onSort={(id, add) => setSort(nextSort(sort, id, add))}
        columnActions={{
          onMove: (id, to) => change({ shown: moved(layout.shown, id, to) }),
          onResize: (id, px) => change({ widths: { ...layout.layout.widths, [id]: px } }),
          onMenu: (id, title) => setMenu({ of: 'column', id, title, at: below(title) }),
        }}
        isSelected={(key) => selected.has(key)}
        multiselectable
        onPress={(index, held, by) => {
          const item = source.itemAt(index);
          if (item.kind === 'group' && by === 'mouse') list.toggleGroup(item.key);
          else pressRow(rows, index, held, by);
        }}
        onOpen={openItem}
        onMenu={openRowMenu}
        onKey={onKey}
        onType={onType}
        onRange={onRange}
        onScroll={(top) => scrolled.set(table, top)}
        initialTop={scrolled.get(table) ?? 0}
      />
      {menu?.of === 'rows' && (
        <ActionMenu
          label="Selected runs"
          at={menu.at}
          groups={commandActions(RUN_MENU(COMMANDS))}
          onClose={() => setMenu(null)}
        />
      )}
      {menu?.of === 'column' && (
        <ActionMenu
          label="Column"
          at={menu.at}
          groups={columnActions(menu.id, layout, setSort, () => onFilterBy(menu.id, menu.title))}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}

/** The columns with one put where another is. */
function moved(shown: readonly string[], id: string, to: number): string[] {
  const others = shown.filter((other) => other !== id);
  return others.toSpliced(to, 0, id);
}
