import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { LINE } from './log-geometry.ts';

export interface LogScroll {
  scroller: RefObject<HTMLDivElement | null>;
  scrollTop: number;
  /** Height of the view, px. */
  view: number;
  following: boolean;
  onScroll: () => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
  follow: () => void;
}

/** Where each log was left, for as long as the window is open. */
const places = new Map<string, { following: boolean; scrollTop: number }>();

/** Scrolling that follows the end until the reader scrolls away, and comes back where it was left. */
export function useLogScroll(place: string, lines: number, scale: () => number): LogScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const left = places.get(place);
  const [scrollTop, setScrollTop] = useState(left?.scrollTop ?? 0);
  const [view, setView] = useState(0);
  const [following, setFollowing] = useState(left?.following ?? true);
  const restored = useRef(false);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    setScrollTop(element.scrollTop);
  }, []);

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
    if (following) toEnd();
    else if (!restored.current && lines > 0 && scroller.current) {
      restored.current = true;
      scroller.current.scrollTop = scrollTop;
    }
    places.set(place, { following, scrollTop });
  }, [following, lines, view, place, scrollTop, toEnd]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (!element) return;
    const rest = element.scrollHeight - element.clientHeight - element.scrollTop;
    setScrollTop(element.scrollTop);
    setFollowing(rest < 4);
    restored.current = true;
  };

  const by = (px: number): void => {
    if (scroller.current) scroller.current.scrollTop += px / scale();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const page = Math.max(LINE, view - LINE);
    const moves: Record<string, () => void> = {
      ArrowDown: () => by(LINE),
      ArrowUp: () => by(-LINE),
      PageDown: () => by(page),
      PageUp: () => by(-page),
      Home: () => by(-Number.MAX_SAFE_INTEGER),
      End: () => setFollowing(true),
    };
    const move = moves[event.key];
    if (!move || event.altKey || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    move();
  };

  return {
    scroller,
    scrollTop,
    view,
    following,
    onScroll,
    onKeyDown,
    follow: () => setFollowing(true),
  };
}
