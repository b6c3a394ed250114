import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { cx } from '../../lib/cx.ts';
import { plural } from '../../lib/format.ts';
import { useUi } from '../../stores/ui.ts';
import { geometry, LINE, rowsInView, type Geometry } from './log-geometry.ts';
import { onLogKey } from './log-keys.ts';
import { lineHint } from './log-line.ts';
import { LogMarks } from './log-marks.tsx';
import { Rows } from './log-rows.tsx';
import type { LogSession } from './log-session.ts';
import type { RowOrder } from './row-order.ts';
import { markedText, rowNumber, rowOf } from './row-text.ts';
import { useLogScroll } from './use-log-scroll.ts';
import { useRowDrag } from './use-row-drag.ts';
import { useScaledWheel } from './use-scaled-wheel.ts';
import { spansOf } from './spans-of.ts';
import styles from './log.module.css';

interface Props {
  session: LogSession;
  order: RowOrder;
  place: string;
  label: string;
  streams: boolean;
  /** What "since the start" counts from, ms since 1970. */
  start: number;
  copy: () => void;
  /** The menu of a row is asked for, at a place of the window. */
  onMenu: (row: number, at: { x: number; y: number }) => void;
}

/** Pins the anchor row where the geometry wants it; with wrapped lines only the page knows heights. */
function pin(pane: HTMLElement | null, { anchor, into, at, first }: Geometry, wrap: boolean): void {
  if (!pane) return;
  const move = (height: number, above: number): void => {
    pane.style.transform = `translateY(${Math.round(at - into * height - above)}px)`;
  };
  if (!wrap) return move(LINE, (anchor - first) * LINE);
  const row = pane.querySelector<HTMLElement>(`[data-line="${anchor}"]`);
  if (row) move(row.offsetHeight, row.offsetTop);
}

/** A log of any length, of which only the visible lines exist in the page. */
export function LogView(props: Props) {
  const { session, order, place, label, streams, start, copy, onMenu } = props;
  const { feed, state } = session;
  const wrap = useUi((ui) => ui.wrapLog);
  const version = useSyncExternalStore(feed.subscribe, feed.version);
  const following = useStore(state, (log) => log.following);
  const placing = useStore(state, (log) => log.placing);
  const { lines } = feed.head();
  const { scroller, scrollTop, view, onScroll } = useLogScroll({ session, place, order, wrap });
  const g = geometry(order.count, view, following ? Number.MAX_SAFE_INTEGER : scrollTop);
  const inView = rowsInView(g, view);
  Object.assign(session.visible, { ...inView, line: Math.max(0, order.line(inView.row)) });
  const pane = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    // As many as fit, even while the log is shorter: the next head may bring them all.
    const fits = Math.ceil(view / LINE) + 1;
    // A reader who scrolls soon comes to what is around.
    const around = following ? 0 : fits;
    const [first, end] = [Math.max(0, g.first - around), Math.min(order.count, g.end + around)];
    feed.show(spansOf(order, first, end, fits), following);
  }, [feed, order, g.first, g.end, view, following]);
  useLayoutEffect(() => pin(pane.current, g, wrap));
  useEffect(() => {
    const frame = requestAnimationFrame(() => feed.drawn());
    return () => cancelAnimationFrame(frame);
  }, [feed, version]);
  useScaledWheel(scroller, g.scale);
  useEffect(() => {
    const onChange = (): void => {
      const marks = getSelection();
      session.drawn.marked =
        marks?.isCollapsed === false && pane.current?.contains(marks.anchorNode) === true;
    };
    document.addEventListener('selectionchange', onChange);
    return () => document.removeEventListener('selectionchange', onChange);
  }, [session]);
  const onPointerDown = useRowDrag({ session, scroller, pane, numberClass: styles.number ?? '' });

  /** Worked out only for the line that is pointed at. */
  const hint = (target: EventTarget): void => {
    const row = rowOf(target as Node);
    const line = row && feed.line(order.line(rowNumber(row)));
    const onSide = target instanceof HTMLElement && !target.closest(`.${styles.text}`);
    if (!row || !line || !onSide) return;
    const failing = state.getState().failing === order.line(rowNumber(row));
    target.title = lineHint(line, streams, failing);
  };
  const onCopy = (event: React.ClipboardEvent): void => {
    const marks = getSelection();
    if (!pane.current || !marks || marks.isCollapsed) return;
    const joins = (row: number): boolean => feed.line(order.line(row) - 1)?.continues ?? false;
    const text = markedText(pane.current, marks.getRangeAt(0), styles.text ?? '', joins);
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  };
  return (
    <div className={styles.view}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a scroll area is moved by keys */}
      <div
        ref={scroller}
        role="log"
        aria-label={label}
        aria-live="off"
        tabIndex={0}
        className={cx(styles.scroller, wrap && styles.wrap)}
        style={{ '--digits': String(Math.max(1, lines)).length } as React.CSSProperties}
        onScroll={onScroll}
        onKeyDown={(event) =>
          onLogKey(event, { session, rows: order.count, view, scroller: event.currentTarget, copy })
        }
        onPointerDown={onPointerDown}
        onCopy={onCopy}
        onPointerMove={(event) => hint(event.target)}
        onContextMenu={(event) => {
          const row = rowOf(event.target as Node);
          if (!row) return;
          event.preventDefault();
          onMenu(rowNumber(row), { x: event.clientX, y: event.clientY });
        }}
      >
        <div className={styles.tall} style={{ height: g.height }}>
          <div className={styles.window} style={{ height: view }}>
            <Rows {...{ session, order, g, streams, start, pane }} />
          </div>
        </div>
      </div>
      <LogMarks session={session} order={order} />
      {!following && !placing && <Pill session={session} />}
    </div>
  );
}

/** The way back to the end, with what came since the reader left it. */
function Pill({ session }: { session: LogSession }) {
  const { feed, state } = session;
  useSyncExternalStore(feed.subscribe, feed.version);
  const view = feed.view();
  const [leftAt, setLeftAt] = useState({ view, lines: feed.head().lines });
  if (leftAt.view !== view) setLeftAt({ view, lines: feed.head().lines });
  const { lines, ended } = feed.head();
  const fresh = lines - leftAt.lines;
  return (
    <button
      type="button"
      className={styles.pill}
      onClick={() => state.setState({ following: true })}
    >
      <ArrowDown size={14} aria-hidden="true" />
      {fresh > 0 ? plural(fresh, 'new line') : ended ? 'To the end' : 'Follow'}
    </button>
  );
}
