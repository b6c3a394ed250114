import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { HEADER } from './grid-active.ts';

interface Options {
  count: number;
  /** Height of a row, in px. */
  size: number;
  initialTop: number;
  /** Room under the last row, in px. */
  roomBelow: number;
}

interface RowsInSight {
  /** The first and the last row in sight. */
  from: number;
  to: number;
  /** Rows that fit whole. */
  fitting: number;
  onScroll: (top: number) => void;
  /** Scrolls as little as puts a row in sight. `under`: what covers the top, in px. */
  bringIn: (index: number, under: number) => void;
}

/** Which rows of a list are in sight. All are equally high: nothing is kept of any. */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  { count, size, initialTop, roomBelow }: Options,
): RowsInSight {
  const [first, setFirst] = useState(Math.floor(initialTop / size));
  // More than there can be, until it is known: looking would lay everything out once more.
  const [height, setHeight] = useState(window.innerHeight);
  useLayoutEffect(() => {
    if (initialTop > 0 && scroller.current) scroller.current.scrollTop = initialTop;
    // oxlint-disable-next-line react/exhaustive-deps -- where it stands at first, not later
  }, []);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      setHeight(element.clientHeight);
      // Cells that stay while it is scrolled sideways cost time whichever way it is scrolled.
      element.toggleAttribute('data-over', element.scrollWidth > element.clientWidth);
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [scroller]);

  const room = height - HEADER;
  const shown = Math.ceil(room / size);
  const from = Math.max(0, Math.min(first, count - shown));
  return {
    from,
    to: Math.min(count - 1, from + shown),
    fitting: Math.max(1, Math.floor((room - roomBelow) / size) - 1),
    onScroll: (top) => {
      const now = Math.floor(top / size);
      // In the same frame: rows would come later than the place for them.
      if (now !== first) flushSync(() => setFirst(now));
    },
    bringIn: (index, under) => {
      const element = scroller.current;
      if (!element) return;
      const start = HEADER + index * size;
      const least = start + size + roomBelow - element.clientHeight;
      const most = start - under;
      if (element.scrollTop > most) element.scrollTop = most;
      else if (element.scrollTop < least) element.scrollTop = least;
    },
  };
}
