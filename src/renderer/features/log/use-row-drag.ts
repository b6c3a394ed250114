import { useEffect, useRef } from 'react';
import type { LogSession } from './log-session.ts';
import { rowAt, rowNumber, rowOf } from './row-text.ts';

/** How often, and how far at most, a log moves by itself while the pointer is beyond its edge. */
const MOVE_MS = 40;
const FARTHEST = 120;

interface Parts {
  session: LogSession;
  scroller: React.RefObject<HTMLElement | null>;
  pane: React.RefObject<HTMLElement | null>;
  numberClass: string;
}

interface Drag {
  /** The row it began in. */
  from: number;
  /** Whole rows are chosen: it began on a number, or left the rows it began in. */
  rows: boolean;
}

/** Follows the pointer until its button is let go, or until the end that is returned. */
function followPointer({ session, scroller, pane }: Parts, drag: Drag): () => void {
  const { state } = session;
  let y: number | null = null;
  const stretch = (): void => {
    const to = y === null || !pane.current ? null : rowAt(pane.current, y);
    if (drag.rows && to !== null) state.setState({ selection: { from: drag.from, to } });
  };
  const look = (): void => {
    const marks = getSelection();
    if (drag.rows || marks?.isCollapsed !== false) return;
    // What is being marked shall not run away.
    state.setState({ following: false });
    drag.rows = !pane.current?.querySelector(`[data-line="${drag.from}"]`);
    if (drag.rows) marks.removeAllRanges();
  };
  const onMove = (event: PointerEvent): void => {
    y = event.clientY;
    look();
    if (drag.rows) event.preventDefault();
    stretch();
  };
  const tick = (): void => {
    look();
    const box = scroller.current?.getBoundingClientRect();
    if (!drag.rows || !box || y === null) return;
    const beyond = y < box.top ? y - box.top : Math.max(0, y - box.bottom);
    if (beyond === 0 || !scroller.current) return;
    scroller.current.scrollTop += Math.max(-FARTHEST, Math.min(FARTHEST, beyond));
    stretch();
  };
  const timer = setInterval(tick, MOVE_MS);
  const end = (): void => {
    clearInterval(timer);
    document.removeEventListener('pointermove', onMove);
    document.removeEventListener('pointerup', end);
  };
  document.addEventListener('pointermove', onMove);
  document.addEventListener('pointerup', end);
  return end;
}

/**
 * Choosing by the pointer: whole rows from their numbers, characters from the text. Rows that are scrolled
 * out of sight do not exist, and so a choice of characters that is dragged beyond becomes one of rows.
 */
export function useRowDrag(parts: Parts): (event: React.PointerEvent) => void {
  const end = useRef<(() => void) | null>(null);
  useEffect(() => () => end.current?.(), []);
  const { state } = parts.session;
  return (event) => {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const row = rowOf(event.target);
    if (!row) return;
    const index = rowNumber(row);
    const { selection } = state.getState();
    const rows = event.target.closest(`.${parts.numberClass}`) !== null;
    const from = rows && event.shiftKey && selection ? selection.from : index;
    if (rows) state.setState({ selection: { from, to: index } });
    else if (selection) state.setState({ selection: null });
    end.current?.();
    end.current = followPointer(parts, { from, rows });
  };
}
