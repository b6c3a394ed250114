import { geometry, LINE } from './log-geometry.ts';
import type { LogSession } from './log-session.ts';

interface Place {
  session: LogSession;
  rows: number;
  /** Height of the view, px. */
  view: number;
  scroller: HTMLElement;
  copy: () => void;
}

/** Adds rows to what is chosen, from the first one on the screen when nothing is. */
function extend({ session, rows }: Place, by: number): void {
  const { selection } = session.state.getState();
  const last = rows - 1;
  const from = selection?.from ?? Math.min(last, session.visible.row + 1);
  const to = selection ? Math.min(last, Math.max(0, selection.to + by)) : from;
  session.state.setState({ selection: { from, to }, target: { line: to, align: 'nearest' } });
}

const chooseAll = ({ session, rows }: Place): void => {
  getSelection()?.removeAllRanges();
  if (rows > 0) session.state.setState({ selection: { from: 0, to: rows - 1 } });
};

/** What a key does in a log; undefined for nothing of ours. */
function actionOf(event: React.KeyboardEvent, place: Place): (() => void) | undefined {
  const { session, scroller, view, rows } = place;
  const { state } = session;
  const page = Math.max(LINE, view - LINE);
  const by = (px: number) => () => {
    scroller.scrollTop += px / geometry(rows, view, 0).scale;
  };
  const toStart = by(-Number.MAX_SAFE_INTEGER);
  const toEnd = (): void => state.setState({ following: true });
  if (event.altKey) return undefined;
  if (event.ctrlKey || event.metaKey) {
    const chosen = state.getState().selection !== null;
    const withMod: Record<string, (() => void) | undefined> = {
      Home: toStart,
      End: toEnd,
      a: () => chooseAll(place),
      ...(chosen && { c: place.copy }),
    };
    return withMod[event.key];
  }
  if (event.shiftKey) {
    const rowsOfPage = Math.max(1, Math.floor(page / LINE));
    const withShift: Record<string, () => void> = {
      ArrowDown: () => extend(place, 1),
      ArrowUp: () => extend(place, -1),
      PageDown: () => extend(place, rowsOfPage),
      PageUp: () => extend(place, -rowsOfPage),
      Home: () => extend(place, -rows),
      End: () => extend(place, rows),
      G: toEnd,
      ' ': by(-page),
    };
    return withShift[event.key];
  }
  const plain: Record<string, (() => void) | undefined> = {
    ArrowDown: by(LINE),
    ArrowUp: by(-LINE),
    PageDown: by(page),
    ' ': by(page),
    PageUp: by(-page),
    Home: toStart,
    g: toStart,
    End: toEnd,
    ...(state.getState().selection && { Escape: () => state.setState({ selection: null }) }),
  };
  return plain[event.key];
}

/** Moves, chooses and copies by keys. */
export function onLogKey(event: React.KeyboardEvent, place: Place): void {
  const action = actionOf(event, place);
  if (!action) return;
  event.preventDefault();
  action();
}
