import { CircleX } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useLogPrefs } from '../../stores/log-prefs.ts';
import { isWithin } from './copy-lines.ts';
import { tryMatcher } from './highlight.ts';
import type { Geometry } from './log-geometry.ts';
import type { LineLook, RowContent } from './log-line.ts';
import { placeOf } from './log-search.ts';
import type { LogSession, LogState } from './log-session.ts';
import type { RowOrder } from './row-order.ts';
import { createRowPool, type RowPool } from './row-pool.ts';
import styles from './log.module.css';

interface Props {
  session: LogSession;
  order: RowOrder;
  g: Geometry;
  streams: boolean;
  start: number;
  pane: RefObject<HTMLDivElement | null>;
}

/** How lines are drawn: one object until something of it changes, for the rows are drawn anew with it. */
function useLook({ session, streams, start }: Props): LineLook {
  const { folded, times } = useLogPrefs();
  const query = useStore(session.state, (log) => log.query);
  const matcher = useMemo(() => tryMatcher(query), [query]);
  return useMemo(
    () => ({ streams, folded, times, start, matcher }),
    [streams, folded, times, start, matcher],
  );
}

/** What stands in a row of the log as it is now. */
function contentOf(row: number, { session, order }: Props, log: LogState, look: LineLook) {
  const { feed } = session;
  const line = order.line(row);
  const isFound = log.found.lines[placeOf(log.found.lines, line)] === line;
  return {
    index: row,
    line: feed.line(line),
    continued: feed.line(line - 1)?.continues ?? false,
    selected: isWithin(row, log.selection),
    // An expression may take very long: it is tried only where it was found to match.
    match: look.matcher !== null && (isFound || !log.query.regex),
    current: line === log.match,
    failing: line === log.failing,
    linked: line === log.linked,
  };
}

/** The rows of the page: those in view and a few around them. */
export function Rows(props: Props) {
  const { session, g, pane } = props;
  const log = useStore(session.state);
  const look = useLook(props);
  const pool = useRef<RowPool | null>(null);
  const sign = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!pane.current || !sign.current?.firstElementChild) return;
    pool.current ??= createRowPool(pane.current, sign.current.firstElementChild);
    const contents: RowContent[] = [];
    const end = log.placing ? 0 : g.end;
    for (let row = g.first; row < end; row += 1) contents.push(contentOf(row, props, log, look));
    pool.current.draw(contents, look, session.drawn.marked);
  });
  return (
    <>
      <span ref={sign} hidden>
        <CircleX size={12} role="img" />
      </span>
      <div ref={pane} className={styles.pane} />
    </>
  );
}
