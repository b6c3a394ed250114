import { X } from 'lucide-react';
import {
  useCallback,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { useStore } from 'zustand';
import type { LogKind } from '../../../shared/contract/log-stream.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { useLogPrefs } from '../../stores/log-prefs.ts';
import { Button, CommandButton, IconButton } from '../../ui/button.tsx';
import { plainText } from './ansi.ts';
import { copyLines, COPY_LIMIT, isWithin, sizeOf, type LineRange } from './copy-lines.ts';
import { LogBar } from './log-bar.tsx';
import { LogJump } from './log-jump.tsx';
import { RowMenu } from './log-menus.tsx';
import { placeOf } from './log-search.ts';
import type { LogSession } from './log-session.ts';
import { LogView } from './log-view.tsx';
import { everyLine, linesAround, type RowOrder } from './row-order.ts';
import { useLogHere } from './use-log-here.ts';
import styles from './log.module.css';

interface Props {
  session: LogSession;
  runId: string;
  kind: LogKind;
  label: string;
  /** When the run started, ms since 1970; null while it has not. */
  startedAt: number | null;
  /** What is chosen of the log beside its own controls. */
  controls?: ReactNode;
}

/** The rows of the log: every line, or those that match and what is around them. */
function useOrder({ feed, state }: LogSession): RowOrder {
  const lines = useSyncExternalStore(feed.subscribe, () => feed.head().lines);
  const found = useStore(state, (log) => log.found);
  const context = useStore(state, (log) => log.context);
  return useMemo(
    () => (context === null ? everyLine(lines) : linesAround(found.lines, context, lines)),
    [found, context, lines],
  );
}

/** Says to screen readers where a search, a choice or a link has led. */
function Spoken({ session }: { session: LogSession }) {
  const { match, found, selection } = useStore(session.state);
  const line = useSyncExternalStore(session.feed.subscribe, () =>
    match === null ? undefined : session.feed.line(match),
  );
  const words =
    line && match !== null
      ? `Match ${placeOf(found.lines, match) + 1} of ${found.lines.length}, line ${line.number + 1}: ${plainText(line.text)}`
      : selection && `${plural(sizeOf(selection, everyLine(0)), 'line')} chosen`;
  return (
    <p role="status" className={styles.spoken}>
      {words}
    </p>
  );
}

function Note({ session }: { session: LogSession }) {
  const note = useStore(session.state, (log) => log.note);
  if (note === null) return null;
  return (
    <div role="status" className={styles.partial}>
      <span>{note}</span>
      <IconButton
        label="Dismiss"
        icon={<X />}
        onClick={() => session.state.setState({ note: null })}
      />
    </div>
  );
}

/** A log with its controls. */
export function LogPane({ session, runId, kind, label, startedAt, controls }: Props) {
  const { feed, state } = session;
  const order = useOrder(session);
  const root = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const jumpAnchor = useRef<HTMLDivElement>(null);
  const [jumping, setJumping] = useState(false);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  /** A choice that is too large for the clipboard. */
  const [tooMany, setTooMany] = useState<LineRange | null>(null);
  const start = startedAt ?? feed.line(0)?.at ?? 0;
  const streams = kind === 'run';

  const focusLog = useCallback(
    () => root.current?.querySelector<HTMLElement>('[role="log"]')?.focus(),
    [],
  );
  const copyNow = (range: LineRange | null): void => {
    setTooMany(null);
    void copyLines(feed, order, range, useLogPrefs.getState().folded);
  };
  const copy = (): void => {
    const { selection } = state.getState();
    if (sizeOf(selection, order) <= COPY_LIMIT) return copyNow(selection);
    setTooMany(selection ?? { from: 0, to: order.count - 1 });
  };
  const find = (): void => {
    input.current?.focus();
    input.current?.select();
  };
  const jump = (): void => setJumping(true);
  useLogHere({ session, runId, kind, order, streams, find, copy, jump, focus: focusLog });

  const openMenu = (row: number, at: { x: number; y: number }): void => {
    const { selection } = state.getState();
    if (!isWithin(row, selection)) state.setState({ selection: { from: row, to: row } });
    setMenuAt(at);
  };
  return (
    <div ref={root} className={styles.whole}>
      <LogBar {...{ session, streams, input, jumpAnchor, controls }} onLeave={focusLog} />
      <Note session={session} />
      {tooMany && (
        <div role="status" className={styles.partial}>
          <span>
            {plural(sizeOf(tooMany, order), 'line')} are too many for the clipboard: save them, or
            copy the last {formatCount(COPY_LIMIT)}.
          </span>
          <CommandButton command={COMMANDS.saveLog}>Save…</CommandButton>
          <Button onClick={() => copyNow(lastOf(tooMany))}>
            Copy the last {formatCount(COPY_LIMIT)}
          </Button>
          <IconButton label="Dismiss" icon={<X />} onClick={() => setTooMany(null)} />
        </div>
      )}
      <LogView
        session={session}
        order={order}
        place={`${runId}/${kind}`}
        label={label}
        streams={streams}
        start={start}
        copy={copy}
        onMenu={openMenu}
      />
      <Spoken session={session} />
      {menuAt && <RowMenu at={menuAt} links={streams} onClose={() => setMenuAt(null)} />}
      {jumping && (
        <LogJump
          anchor={jumpAnchor}
          start={start}
          onJump={(at) => void session.jump(at)}
          onClose={() => {
            setJumping(false);
            focusLog();
          }}
        />
      )}
    </div>
  );
}

/** The last rows of a choice that may be copied. */
function lastOf({ from, to }: LineRange): LineRange {
  const last = Math.max(from, to);
  return { from: Math.max(Math.min(from, to), last + 1 - COPY_LIMIT), to: last };
}
