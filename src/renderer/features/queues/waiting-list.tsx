import {
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type RefObject,
} from 'react';
import { GridList, type DragAndDropHooks, type Key, type Selection } from 'react-aria-components';
import type { QueueEntry, QueueView } from '../../../shared/domain/queue.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { chooseWaiting, useQueueSelection } from '../../stores/queue-selection.ts';
import { navigate } from '../../stores/ui.ts';
import { ActionMenu } from '../../ui/action-menu.tsx';
import { selectWaiting, type Had } from './select-waiting.ts';
import { placeIn, useKnown } from './use-known.ts';
import type { LoadedQueue } from './use-queue-view.ts';
import { useReordering } from './use-reordering.ts';
import { BEYOND, useSight } from './use-sight.ts';
import { useCalm, useSame, type Drawn } from './use-calm.ts';
import { PlainRows } from './plain-rows.tsx';
import { rowKey, useWaitingKeys } from './use-waiting-keys.ts';
import { waitingActions } from './waiting-menu.ts';
import { lanesOf, placesBetween } from './waiting-places.ts';
import { WaitingListRow } from './waiting-row.tsx';
import { waitingRows, type WaitingRow } from './waiting-rows.ts';
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

const open = (key: Key): void => navigate({ page: 'run', runId: String(key), tab: 'log' });

/** The rows that can be used now: of what is in sight, or was when nothing was scrolled. */
function useRows(now: Drawn, focused: string | null) {
  const isDragged = useQueueSelection(({ dragged }) => dragged.length > 0);
  const calm = useCalm(now, isDragged);
  const places = useMemo(() => placesOf(calm, focused), [calm, focused]);
  const rows = useSame(
    useMemo(() => waitingRows(calm.all, calm.known, places), [calm.all, calm.known, places]),
  );
  return { rows, but: useMemo(() => new Set(places), [places]) };
}

interface GridProps {
  list: Div;
  rows: readonly WaitingRow[];
  dragAndDropHooks: DragAndDropHooks | undefined;
  onSelect: (selection: Selection) => void;
  onMenu: (entry: QueueEntry, at: { x: number; y: number }) => void;
}

/** Drawn only when something in it is another: not each time the page is scrolled. */
const Grid = memo(function Grid({ list, rows, dragAndDropHooks, onSelect, onMenu }: GridProps) {
  const chosen = useQueueSelection((state) => state.chosen);
  const selected = useMemo(() => new Set(chosen.keys()), [chosen]);
  const disabled = useMemo(
    () => rows.filter(({ kind }) => kind !== 'run').map(({ key }) => key),
    [rows],
  );
  return (
    <GridList
      ref={list}
      aria-label="Waiting runs"
      items={rows}
      className={styles.list ?? ''}
      selectionMode="multiple"
      selectionBehavior="replace"
      selectedKeys={selected}
      onSelectionChange={onSelect}
      disabledKeys={disabled}
      disabledBehavior="all"
      {...(dragAndDropHooks && { dragAndDropHooks })}
      onAction={open}
    >
      {(row) => <WaitingListRow row={row} onMenu={onMenu} />}
    </GridList>
  );
});

/** Selects in what was last drawn: asked for anew with all that is read, each row would be drawn again. */
function useSelect(had: Had): (selection: Selection) => void {
  const last = useRef(had);
  useLayoutEffect(() => void (last.current = had));
  return useCallback((selection) => selectWaiting(last.current, selection), []);
}

/** The actions of the runs that are selected, where they were asked for. */
function useMenu() {
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const openMenu = useCallback((entry: QueueEntry, place: { x: number; y: number }): void => {
    if (!useQueueSelection.getState().chosen.has(entry.run.id)) chooseWaiting([entry]);
    setAt(place);
  }, []);
  const menu = at && (
    <ActionMenu
      label="Actions for waiting runs"
      at={at}
      groups={waitingActions(COMMANDS)}
      onClose={() => setAt(null)}
    />
  );
  return { menu, openMenu };
}

/**
 * The runs that wait, by priority and place; dragged, with mouse or keyboard, they get another. Only what is
 * in sight is read and drawn: there may be many thousands.
 */
export function WaitingList({ view, loaded, scroller }: Props) {
  const { waiting, waitingOf, queue } = view;
  const list = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const all = useMemo(() => lanesOf(waitingOf), [waitingOf]);
  const known = useKnown(waiting, focused);
  const sight = useSight(scroller, list);
  const now = useMemo(() => ({ all, known, sight }), [all, known, sight]);
  const { rows, but } = useRows(now, focused);
  const { need } = loaded;
  useEffect(() => need(...placesBetween(all, sight.top, sight.bottom)), [need, all, sight]);
  const { dragAndDropHooks } = useReordering({ lanes: all, known, loaded });
  const { menu, openMenu } = useMenu();
  const select = useSelect({ queueId: queue.id, known, total: all.total });
  return (
    <div
      className={styles.room}
      style={{ height: all.height }}
      onFocusCapture={({ target }) => setFocused((had) => rowKey(target) ?? had)}
      onKeyDownCapture={useWaitingKeys(now, focused, list, scroller)}
    >
      <PlainRows drawn={now} but={but} />
      <Grid
        list={list}
        rows={rows}
        dragAndDropHooks={dragAndDropHooks}
        onSelect={select}
        onMenu={openMenu}
      />
      {menu}
    </div>
  );
}
