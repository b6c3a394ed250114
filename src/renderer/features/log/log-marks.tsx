import { memo, useMemo } from 'react';
import { useStore } from 'zustand';
import { cx } from '../../lib/cx.ts';
import type { LogSession } from './log-session.ts';
import type { RowOrder } from './row-order.ts';
import styles from './log.module.css';

/** Marks of matches that are told apart from the top of the log to its end. */
const MOST = 240;

const share = (row: number, count: number): string => `${(row / Math.max(1, count)) * 100}%`;

/** Where matches are, at most one for each stretch of the log. */
export function marksOf(found: readonly number[], order: RowOrder): number[] {
  const stretches = new Set<number>();
  for (const line of found) {
    stretches.add(Math.floor((order.row(line) / Math.max(1, order.count)) * MOST));
  }
  return [...stretches].map((stretch) => stretch / MOST);
}

interface Props {
  session: LogSession;
  order: RowOrder;
}

/** Where in all of the log the matches and the failing line are, beside the scroll bar. A click goes there. */
export const LogMarks = memo(function LogMarks({ session, order }: Props) {
  const { found, match, failing, linked } = useStore(session.state);
  const marks = useMemo(() => marksOf(found.lines, order), [found, order]);
  const goTo = (event: React.MouseEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * order.count);
    session.state.setState({ target: { line: order.line(row), align: 'center' } });
  };
  if (marks.length === 0 && failing === null && linked === null) return null;
  const one = (line: number, look: string | undefined) => (
    <i className={look} style={{ top: share(order.row(line), order.count) }} />
  );
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events,jsx-a11y/no-static-element-interactions -- a shortcut of the pointer; keys have next and previous
    <div aria-hidden="true" className={styles.marks} onClick={goTo}>
      {marks.map((at) => (
        <i key={at} style={{ top: `${at * 100}%` }} />
      ))}
      {linked !== null && one(linked, styles.linkMark)}
      {failing !== null && one(failing, styles.failMark)}
      {match !== null && one(match, cx(styles.currentMark))}
    </div>
  );
});
