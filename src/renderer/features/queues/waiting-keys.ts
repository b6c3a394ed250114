import type { KeyboardEvent } from 'react';
import { ROW } from './waiting-places.ts';

interface Where {
  place: number;
  total: number;
  /** Height of what is in sight, in px. */
  height: number;
}

/** The place that a key leads to from another; null for a key that the list itself knows. */
export function placeByKey(event: KeyboardEvent, { place, total, height }: Where): number | null {
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return null;
  const page = Math.max(1, Math.floor(height / ROW) - 2);
  const to = { Home: 0, End: total - 1, PageUp: place - page, PageDown: place + page }[event.key];
  return to === undefined ? null : Math.min(total - 1, Math.max(0, to));
}
