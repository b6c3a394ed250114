import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { GridSource } from './grid-model.ts';

/** Height of the titles, in px. */
export const HEADER = 32;

interface ActiveRow {
  /** Its place; the first row as long as none was. */
  active: number;
  /** Puts the focus there. */
  goTo: (index: number) => void;
  onFocus: (index: number, key: string) => void;
}

/**
 * The row that has the focus or had it last. It is known by its key: when the list is read again, it
 * keeps the focus wherever it stands then, and when it is gone the row in its place has it.
 */
export function useActiveRow<T>(
  source: GridSource<T>,
  scroller: RefObject<HTMLElement | null>,
): ActiveRow {
  const [at, setAt] = useState<{ key: string | null; index: number }>({ key: null, index: 0 });
  const wanted = useRef(false);
  const hasFocus = useRef(false);
  const found = at.key === null ? -1 : source.indexOf(at.key);
  const active = found >= 0 ? found : Math.max(0, Math.min(at.index, source.count - 1));

  useEffect(() => {
    const root = scroller.current;
    if (!root) return;
    const enter = ({ target }: FocusEvent): void => {
      hasFocus.current = target instanceof Element && target.matches('[role="row"]');
    };
    // Also when the focus goes nowhere, by a click beside everything: but not when its row is taken away.
    const leave = ({ target }: FocusEvent): void => {
      if (target instanceof Element && target.isConnected) hasFocus.current = false;
    };
    root.addEventListener('focusin', enter);
    root.addEventListener('focusout', leave);
    return () => {
      root.removeEventListener('focusin', enter);
      root.removeEventListener('focusout', leave);
    };
  }, [scroller]);

  const rowAt = (): HTMLElement | null | undefined =>
    scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
  useLayoutEffect(() => {
    // The row stands in another place than the element that has the focus, or that was taken away.
    const row = wanted.current || hasFocus.current ? rowAt() : null;
    if (!wanted.current && row === document.activeElement) return;
    row?.focus({ preventScroll: true });
    if (row) wanted.current = false;
  });

  const goTo = (index: number): void => {
    if (index >= source.count) return;
    wanted.current = true;
    setAt({ key: source.itemAt(index).key, index });
  };
  const onFocus = useCallback((index: number, key: string): void => {
    setAt((have) => (have.key === key && have.index === index ? have : { key, index }));
  }, []);
  return { active, goTo, onFocus };
}
