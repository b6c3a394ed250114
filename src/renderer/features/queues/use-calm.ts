import { useEffect, useState } from 'react';
import type { Sight } from './use-sight.ts';
import type { Lanes } from './waiting-places.ts';
import type { Known } from './waiting-rows.ts';

/** For so long nothing is scrolled, until the rows in sight are made to be used, in ms. */
const CALM_MS = 150;

/** What there is to draw. */
export interface Drawn {
  all: Lanes;
  known: Known;
  sight: Sight;
}

/** A list that has just been opened: none of its rows can be used yet, all of them are seen. */
const NOTHING: Sight = { top: 0, bottom: 0 };

/** Calls in a frame in which nothing was scrolled before it: that a timer fires, late, does not tell that. */
function whenCalm(calmMs: number, then: () => void): () => void {
  let frame = 0;
  const timer = setTimeout(() => {
    frame = requestAnimationFrame(then);
  }, calmMs);
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}

/**
 * What was in sight when nothing was scrolled: rows that can be selected and dragged cost more than a frame
 * has time for. `hurry`: they are wanted at once.
 */
export function useCalm(now: Drawn, hurry: boolean): Drawn {
  const [calm, setCalm] = useState<Drawn>({ ...now, sight: NOTHING });
  const isCalm = hurry || calm.sight === now.sight;
  const isFirst = calm.sight === NOTHING;
  useEffect(
    () => (isCalm ? undefined : whenCalm(isFirst ? 0 : CALM_MS, () => setCalm(now))),
    [isCalm, isFirst, now],
  );
  if (!isCalm || calm === now) return calm;
  setCalm(now);
  return now;
}

/** The array of before while it has the same in it. */
export function useSame<T>(list: readonly T[]): readonly T[] {
  const [had, setHad] = useState(list);
  const isSame = had.length === list.length && had.every((each, at) => each === list[at]);
  if (had === list || isSame) return had;
  setHad(list);
  return list;
}
