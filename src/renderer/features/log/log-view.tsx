import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { cx } from '../../lib/cx.ts';
import { plural } from '../../lib/format.ts';
import { useUi } from '../../stores/ui.ts';
import type { LogFeed } from './log-feed.ts';
import { geometry, LINE } from './log-geometry.ts';
import { LogRow } from './log-line.tsx';
import type { LineRange } from './copy-lines.ts';
import { useLogScroll } from './use-log-scroll.ts';
import styles from './log.module.css';

interface Props {
  feed: LogFeed;
  /** Names this log among all, to come back to where it was left. */
  place: string;
  label: string;
  streams: boolean;
  selection: LineRange | null;
  onSelect: (range: LineRange | null) => void;
}

/** Pins the anchor line where the geometry wants it; with wrapped lines only the page knows heights. */
function pin(pane: HTMLElement | null, anchor: number, into: number, at: number): void {
  const line = pane?.querySelector<HTMLElement>(`[data-line="${anchor}"]`);
  if (!pane || !line) return;
  const top = at - into * line.offsetHeight - line.offsetTop;
  pane.style.transform = `translateY(${Math.round(top)}px)`;
}

/** A log of any length, of which only the visible lines exist in the page. */
export function LogView({ feed, place, label, streams, selection, onSelect }: Props) {
  const wrap = useUi((ui) => ui.wrapLog);
  const version = useSyncExternalStore(feed.subscribe, feed.version);
  const { lines, ended } = feed.head();
  const scaleNow = useRef(1);
  const scroll = useLogScroll(place, lines, () => scaleNow.current);
  const { scroller, scrollTop, view, following } = scroll;
  const g = geometry(lines, view, following ? Number.MAX_SAFE_INTEGER : scrollTop);
  // As many as fit, even while the log is shorter: the next head may bring them all.
  const wanted = Math.max(g.end - g.first, Math.ceil(view / LINE) + 1);
  const pane = useRef<HTMLDivElement>(null);
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const fresh = following ? 0 : lines - (leftAt ?? lines);

  useEffect(() => {
    scaleNow.current = g.scale;
  }, [g.scale]);
  useEffect(() => setLeftAt(following ? null : feed.head().lines), [following, feed]);
  useEffect(() => feed.show(g.first, wanted, following), [feed, g.first, wanted, following]);
  useLayoutEffect(() => pin(pane.current, g.anchor, g.into, g.at));
  useEffect(() => {
    const frame = requestAnimationFrame(() => feed.drawn());
    return () => cancelAnimationFrame(frame);
  }, [feed, version]);
  useScaledWheel(scroller, g.scale);

  const selectLine = (event: React.MouseEvent): void => {
    const number = event.target instanceof HTMLElement && event.target.closest(`.${styles.number}`);
    if (!number) return onSelect(null);
    const index = Number(number.parentElement?.dataset['line']);
    const from = event.shiftKey && selection ? selection.from : index;
    onSelect({ from, to: index });
  };

  const rows = [];
  for (let index = g.first; index < g.end; index += 1) {
    rows.push(
      <LogRow
        key={index}
        index={index}
        line={feed.line(index)}
        continued={feed.line(index - 1)?.continues ?? false}
        selected={isWithin(index, selection)}
        streams={streams}
      />,
    );
  }
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
        onScroll={scroll.onScroll}
        onKeyDown={scroll.onKeyDown}
        onClick={selectLine}
      >
        <div className={styles.tall} style={{ height: g.height }}>
          <div className={styles.window} style={{ height: view }}>
            <div ref={pane} className={styles.pane}>
              {rows}
            </div>
          </div>
        </div>
      </div>
      {!following && (
        <button type="button" className={styles.pill} onClick={scroll.follow}>
          <ArrowDown size={14} aria-hidden="true" />
          {fresh > 0 ? plural(fresh, 'new line') : ended ? 'To the end' : 'Follow'}
        </button>
      )}
    </div>
  );
}

const isWithin = (index: number, range: LineRange | null): boolean =>
  range !== null &&
  index >= Math.min(range.from, range.to) &&
  index <= Math.max(range.from, range.to);

/** Keeps the wheel at the speed of the text when the log is too tall for one element. */
function useScaledWheel(scroller: React.RefObject<HTMLElement | null>, scale: number): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element || scale === 1) return;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.shiftKey || event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL) return;
      event.preventDefault();
      element.scrollTop += event.deltaY / scale;
      element.scrollLeft += event.deltaX;
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scroller, scale]);
}
