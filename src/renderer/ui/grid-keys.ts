import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';

/** The visible rows, and the active one wherever it is. */
export function withActive(range: Range, active: number): number[] {
  const visible = defaultRangeExtractor(range);
  if (visible.includes(active) || active >= range.count) return visible;
  return [...visible, active].toSorted((a, b) => a - b);
}

interface GridKeys {
  active: number;
  count: number;
  /** Rows a page key moves by. */
  page: number;
  activate: (index: number) => void;
  open: () => void;
  type?: (text: string) => void;
}

const isText = (event: KeyboardEvent): boolean => event.key.length === 1 && event.key !== ' ';

/** The key handler of a grid of rows. */
export function useGridKeys(grid: GridKeys): (event: KeyboardEvent) => void {
  const { active, count, page } = grid;
  const targets: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onRow = event.target instanceof HTMLElement && event.target.matches('[role="row"]');
    const target = targets[event.key];
    if (target !== undefined) grid.activate(Math.min(count - 1, Math.max(0, target)));
    else if (event.key === 'Enter' && onRow) grid.open();
    else if (grid.type && isText(event)) grid.type(event.key);
    else return;
    event.preventDefault();
  };
}
