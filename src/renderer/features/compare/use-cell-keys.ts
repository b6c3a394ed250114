import { useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';

/** A cell of a grid: its line, and its column from 0, which has the names. */
export interface CellPlace {
  row: number;
  column: number;
}

interface Grid {
  rows: number;
  columns: number;
  /** Rows a page key moves by. */
  page: number;
  scroller: RefObject<HTMLElement | null>;
  scrollTo: (row: number) => void;
}

/** Where a key leads to from a cell; null for keys that lead nowhere. */
function target(key: string, { row, column }: CellPlace, grid: Grid, far: boolean) {
  const last = { row: grid.rows - 1, column: grid.columns - 1 };
  const targets: Record<string, CellPlace> = {
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    ArrowRight: { row, column: column + 1 },
    ArrowLeft: { row, column: column - 1 },
    PageDown: { row: row + grid.page, column },
    PageUp: { row: row - grid.page, column },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? last.row : row, column: last.column },
  };
  const found = targets[key];
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return found && { row: within(found.row, last.row), column: within(found.column, last.column) };
}

const numberAt = (element: Element | null, name: string): number =>
  Number(element?.getAttribute(name) ?? 0);

/** The keyboard of a grid of cells: one cell is in the tab order, arrows, Home, End and page keys move it. */
export function useCellKeys(grid: Grid) {
  const [chosen, setChosen] = useState<CellPlace>({ row: 0, column: 0 });
  const cell = {
    row: Math.min(chosen.row, Math.max(0, grid.rows - 1)),
    column: Math.min(chosen.column, grid.columns - 1),
  };
  const focus = ({ row, column }: CellPlace): void => {
    const line = grid.scroller.current?.querySelector(`[data-row="${row}"]`);
    const own = line?.querySelector<HTMLElement>(`[data-column="${column}"]`);
    // The head of a section is one cell as wide as the grid.
    (own ?? line?.querySelector<HTMLElement>('[data-column]'))?.focus();
  };
  return {
    cell,
    onKeyDown: (event: KeyboardEvent): void => {
      if (event.metaKey || event.altKey) return;
      const isCell = event.target instanceof Element && event.target.hasAttribute('data-column');
      const next = isCell ? target(event.key, cell, grid, event.ctrlKey) : undefined;
      if (!next) return;
      event.preventDefault();
      setChosen(next);
      grid.scrollTo(next.row);
      requestAnimationFrame(() => focus(next));
    },
    onFocus: (event: FocusEvent): void => {
      const at = event.target.closest('[data-column]');
      const row = at?.closest('[data-row]') ?? null;
      if (!at || !row) return;
      const isSection = row.children.length === 1;
      const column = isSection ? cell.column : numberAt(at, 'data-column');
      setChosen({ row: numberAt(row, 'data-row'), column });
    },
  };
}
