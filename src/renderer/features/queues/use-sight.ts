import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { ROW } from './waiting-places.ts';

/** Rows that come and go together: fewer would be drawn more often than a frame has time for. */
const STEP = 4 * ROW;
/** What is drawn beyond what is in sight, above and below. */
export const BEYOND = STEP;

/** A part of a list that is to be drawn, in px from its beginning. */
export interface Sight {
  top: number;
  bottom: number;
}

/** As high wherever it is, so that what is drawn for one part can be used for another. */
function measure(scroller: HTMLElement, list: HTMLElement): Sight {
  const above = scroller.getBoundingClientRect().top - list.getBoundingClientRect().top;
  const top = Math.floor((above - BEYOND) / STEP) * STEP;
  return { top, bottom: top + Math.ceil((scroller.clientHeight + 2 * BEYOND) / STEP + 1) * STEP };
}

/** Which part of a list is in sight, in a page that scrolls as a whole; a little more than that. */
export function useSight(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
): Sight {
  // More than there can be, until it is known.
  const [sight, setSight] = useState<Sight>({ top: -BEYOND, bottom: window.innerHeight });
  const look = useCallback(() => {
    if (!scroller.current || !list.current) return;
    const now = measure(scroller.current, list.current);
    setSight((had) => (had.top === now.top && had.bottom === now.bottom ? had : now));
  }, [scroller, list]);
  // What is above the list has another height now and then.
  useLayoutEffect(look);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    // What scrolls is there after what is in it.
    look();
    // In the same frame: rows would come later than the place for them.
    const onScroll = (): void => flushSync(look);
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller, look]);
  return sight;
}
