import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react';
import { chooseWaiting } from '../../stores/queue-selection.ts';
import type { Drawn } from './use-calm.ts';
import { placeIn } from './use-known.ts';
import { placeByKey } from './waiting-keys.ts';
import { ROW, topOf, type Lanes } from './waiting-places.ts';
import type { Known } from './waiting-rows.ts';

type Div = RefObject<HTMLDivElement | null>;

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

/** The run of the row that something is in; null outside of rows. */
export const rowKey = (target: EventTarget): string | null =>
  (target as Element).closest('[role="row"]')?.getAttribute('data-key') ?? null;

/** Keys that lead to places which are not drawn, from the row with the focus. */
export function useWaitingKeys(now: Drawn, focused: string | null, list: Div, scroller: Div) {
  const { all, known } = now;
  const goTo = useGoTo(all, known, list, scroller);
  return (event: KeyboardEvent): void => {
    const place = placeIn(known, focused);
    if (place === null || rowKey(event.target) !== focused) return;
    const height = scroller.current?.clientHeight ?? 0;
    const to = placeByKey(event, { place, total: all.total, height });
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(to);
  };
}
