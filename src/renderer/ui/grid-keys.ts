import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';

/** The visible rows, and those that stay in the document wherever they are, in order. */
export function withKept(range: Range, kept: readonly number[]): number[] {
  const visible = defaultRangeExtractor(range);
  const more = kept.filter((at) => at >= 0 && at < range.count && !visible.includes(at));
  if (more.length === 0) return visible;
  return [...new Set([...visible, ...more])].toSorted((a, b) => a - b);
}

/** Keys that were held down with another. */
export interface Held {
  shift: boolean;
  mod: boolean;
}

export const heldIn = (event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): Held => ({
  shift: event.shiftKey,
  mod: event.ctrlKey || event.metaKey,
});

interface GridKeys {
  active: number;
  count: number;
  /** Rows a page key moves by. */
  page: number;
  activate: (index: number, held: Held) => void;
  open: () => void;
  /** On to the titles, from the first row. */
  toHeader: () => void;
  type?: ((text: string) => void) | undefined;
  /** Keys of the list itself come first; true when it took one. */
  own?: ((event: KeyboardEvent, active: number) => boolean) | undefined;
}

const isText = (event: KeyboardEvent): boolean => event.key.length === 1 && event.key !== ' ';

const onRow = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement && event.target.matches('[role="row"]');

/** The key handler of a grid of rows. */
export function gridKeys(grid: GridKeys): (event: KeyboardEvent) => void {
  const { active, count, page } = grid;
  const targets: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  };
  const take = (event: KeyboardEvent): boolean => {
    const target = targets[event.key];
    if (target !== undefined && !event.altKey) {
      if (target < 0 && event.key === 'ArrowUp' && !event.shiftKey) grid.toHeader();
      else grid.activate(Math.min(count - 1, Math.max(0, target)), heldIn(event));
    } else if (event.ctrlKey || event.metaKey || event.altKey) return false;
    else if (event.key === 'Enter' && onRow(event)) grid.open();
    else if (grid.type && isText(event)) grid.type(event.key);
    else return false;
    return true;
  };
  return (event) => {
    if (event.defaultPrevented) return;
    if ((onRow(event) && grid.own?.(event, active)) || take(event)) event.preventDefault();
  };
}
