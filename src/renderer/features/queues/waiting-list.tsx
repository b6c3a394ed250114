import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { GridList, type Key, type Selection } from 'react-aria-components';
import type { QueueEntry, QueueView } from '../../../shared/domain/queue.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { chooseWaiting, useQueueSelection } from '../../stores/queue-selection.ts';
import { navigate } from '../../stores/ui.ts';
import { ActionMenu } from '../../ui/action-menu.tsx';
import { selectWaiting } from './select-waiting.ts';
import { placeIn, useKnown } from './use-known.ts';
import type { LoadedQueue } from './use-queue-view.ts';
import { useReordering } from './use-reordering.ts';
import { BEYOND, useSight } from './use-sight.ts';
import { useCalm, useSame, type Drawn } from './use-calm.ts';
import { PlainRows } from './plain-rows.tsx';
import { waitingActions } from './waiting-menu.ts';
import { placeByKey } from './waiting-keys.ts';
import { lanesOf, placesBetween, ROW, topOf, type Lanes } from './waiting-places.ts';
import { WaitingListRow } from './waiting-row.tsx';
import { waitingRows, type Known } from './waiting-rows.ts';
import styles from './waiting.module.css';

interface Props {
  view: QueueView;
  loaded: LoadedQueue;
  /** What scrolls: the page. */
  scroller: RefObject<HTMLDivElement | null>;
}

type Div = RefObject<HTMLDivElement | null>;

/** The places of rows that can be used: those in sight, and the one with the focus with its neighbours. */
function placesOf({ all, known, sight: { top, bottom } }: Drawn, focused: string | null): number[] {
  const [from, to] = placesBetween(all, top + BEYOND, bottom - BEYOND);
  const places = new Set(Array.from({ length: to - from }, (_, at) => from + at));
  const center = placeIn(known, focused);
  for (const place of center === null ? [] : [center - 1, center, center + 1]) {
    if (place >= 0 && place < all.total) places.add(place);
  }
  return [...places].toSorted((x, y) => x - y);
}

/** Goes to a place that may not be drawn, or not even read, yet: the focus follows when it is. */
function useGoTo(all: Lanes, known: Known, list: Div, scroller: Div) {
  const [wanted, setWanted] = useState<number | null>(null);
  useEffect(() => {
    const entry = wanted === null ? undefined : known.get(wanted);
    if (!entry) return undefined;
    // The list makes its rows a little after it was told of them.
    const look = (): void => {
      const row = list.current?.querySelector<HTMLElement>(`[data-key="${entry.run.id}"]`);
      if (!row) return void (frame = requestAnimationFrame(look));
      setWanted(null);
      row.focus({ preventScroll: true });
      chooseWaiting([entry]);
    };
    let frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [wanted, known, list]);
  return (place: number): void => {
    const [page, rows] = [scroller.current, list.current];
    if (!page || !rows) return;
    const above = rows.getBoundingClientRect().top - page.getBoundingClientRect().top;
    const top = above + topOf(all, place);
    if (top < 0) page.scrollTop += top - ROW;
    else if (top + ROW > page.clientHeight) page.scrollTop += top + 2 * ROW - page.clientHeight;
    setWanted(place);
  };
}

const open = (key: Key): void => navigate({ page: 'run', runId: String(key), tab: 'log' });

const rowKey = (target: EventTarget): string | null =>
  (target as Element).closest('[role="row"]')?.getAttribute('data-key') ?? null;

/**
 * The runs that wait, by priority and place; dragged, with mouse or keyboard, they get another. Only what is
 * in sight is read and drawn: there may be many thousands.
 */
export function WaitingList({ view, loaded, scroller }: Props) {
  const {
    waiting,
    waitingOf,
    queue: { id: queueId },
  } = view;
  const list = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const all = useMemo(() => lanesOf(waitingOf), [waitingOf]);
  const known = useKnown(waiting, focused);
  const sight = useSight(scroller, list);
  const isDragged = useQueueSelection(({ dragged }) => dragged.length > 0);
  const now = useMemo(() => ({ all, known, sight }), [all, known, sight]);
  const calm = useCalm(now, isDragged);
  const places = useMemo(() => placesOf(calm, focused), [calm, focused]);
  const rows = useSame(
    useMemo(() => waitingRows(calm.all, calm.known, places), [calm.all, calm.known, places]),
  );
  const { need } = loaded;
  useEffect(() => need(...placesBetween(all, sight.top, sight.bottom)), [need, all, sight]);
  const { dragAndDropHooks } = useReordering({ lanes: all, known, loaded });
  const chosen = useQueueSelection((state) => state.chosen);
  const selected = useMemo(() => new Set(chosen.keys()), [chosen]);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const disabled = useMemo(
    () => rows.filter(({ kind }) => kind !== 'run').map(({ key }) => key),
    [rows],
  );
  const goTo = useGoTo(all, known, list, scroller);
  const onKey = (event: KeyboardEvent): void => {
    const place = placeIn(known, focused);
    if (place === null || rowKey(event.target) !== focused) return;
    const height = scroller.current?.clientHeight ?? 0;
    const to = placeByKey(event, { place, total: all.total, height });
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(to);
  };
  const openMenu = useCallback((entry: QueueEntry, at: { x: number; y: number }): void => {
    if (!useQueueSelection.getState().chosen.has(entry.run.id)) chooseWaiting([entry]);
    setMenu(at);
  }, []);
  const select = useCallback(
    (selection: Selection) => selectWaiting({ queueId, known, total: all.total }, selection),
    [queueId, known, all],
  );
  // Drawn only when something in it is another: not each time it is scrolled.
  const grid = useMemo(
    () => (
      <GridList
        ref={list}
        aria-label="Waiting runs"
        items={rows}
        className={styles.list ?? ''}
        selectionMode="multiple"
        selectionBehavior="replace"
        selectedKeys={selected}
        onSelectionChange={select}
        disabledKeys={disabled}
        disabledBehavior="all"
        dragAndDropHooks={dragAndDropHooks}
        onAction={open}
      >
        {(row) => <WaitingListRow row={row} onMenu={openMenu} />}
      </GridList>
    ),
    [rows, selected, select, disabled, dragAndDropHooks, openMenu],
  );
  const but = useMemo(() => new Set(places), [places]);
  return (
    <div
      className={styles.room}
      style={{ height: all.height }}
      onFocusCapture={({ target }) => setFocused((had) => rowKey(target) ?? had)}
      onKeyDownCapture={onKey}
    >
      <PlainRows drawn={now} but={but} />
      {grid}
      {menu && (
        <ActionMenu
          label="Actions for waiting runs"
          at={menu}
          groups={waitingActions(COMMANDS)}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}
