import { useCallback, useLayoutEffect, useReducer, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import { leavePlace } from './log-places.ts';
import { scrollTopOf } from './log-geometry.ts';
import type { LogSession } from './log-session.ts';
import type { RowOrder } from './row-order.ts';

export interface LogScroll {
  scroller: RefObject<HTMLDivElement | null>;
  scrollTop: number;
  /** Height of the view, px. */
  view: number;
  onScroll: () => void;
}

interface Props {
  session: LogSession;
  /** Names this log among all, to come back to where it was left. */
  place: string;
  order: RowOrder;
  wrap: boolean;
}

/** Scrolling that follows the end until the reader scrolls away, and goes where the session wants it. */
export function useLogScroll({ session, place, order, wrap }: Props): LogScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((draws: number) => draws + 1, 0);
  const [view, setView] = useState(0);
  const following = useStore(session.state, (log) => log.following);
  const target = useStore(session.state, (log) => log.target);
  const rows = order.count;

  const moveTo = useCallback(
    (top: number) => {
      const element = scroller.current;
      if (!element) return;
      element.scrollTop = top;
      const moved = element.scrollTop !== session.drawn.top;
      Object.assign(session.drawn, { top: element.scrollTop });
      // Who follows is at the end, wherever that is.
      if (moved && !session.state.getState().following) redraw();
    },
    [session],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void => setView(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (following && scroller.current) moveTo(scroller.current.scrollHeight);
  }, [following, rows, view, moveTo]);

  useLayoutEffect(() => {
    if (!target || view === 0 || rows === 0) return;
    session.state.setState({ target: null });
    const row = order.row(target.line);
    const { row: top, count } = session.visible;
    if (target.align === 'nearest' && !wrap && row >= top && row < top + count - 1) return;
    session.state.setState({ following: false });
    const align = target.align === 'top' ? 'top' : 'center';
    moveTo(scrollTopOf({ rows, view, row, align, wrap }));
  }, [target, order, rows, view, wrap, session, moveTo]);

  useLayoutEffect(() => {
    if (session.state.getState().placing) return;
    const line = session.feed.line(session.visible.line);
    if (following) leavePlace(place, { number: 0, following });
    else if (line) leavePlace(place, { number: line.number, following });
  });

  const onScroll = (): void => {
    const element = scroller.current;
    if (!element) return;
    Object.assign(session.drawn, { top: element.scrollTop });
    element.toggleAttribute('data-sideways', element.scrollLeft > 0);
    const rest = element.scrollHeight - element.clientHeight - element.scrollTop;
    const atEnd = rest < 4;
    const { following: wasAtEnd } = session.state.getState();
    if (atEnd !== wasAtEnd) session.state.setState({ following: atEnd });
    if (!atEnd) redraw();
  };
  return { scroller, scrollTop: session.drawn.top, view, onScroll };
}
