import { createContext, useEffect } from 'react';
import type { LaunchStore } from './launch-store.ts';
import { namesIn, type InputGroup } from './sections.ts';

const MORE_ROWS = 12;

/** The place of each input from the top of the form, by its name. */
export const RowOrder = createContext<ReadonlyMap<string, number>>(new Map());

export const rowOrder = (groups: readonly InputGroup[]): Map<string, number> =>
  new Map(namesIn(groups).map((name, at) => [name, at]));

/** Runs something when the window has nothing else to do. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(work);
  return () => cancelIdleCallback(idle);
}

/** Draws the rows below the first screen little by little, so that hundreds hold up nothing. */
export function useDrawAhead(store: LaunchStore, drawn: number, total: number): void {
  useEffect(() => {
    if (drawn >= total) return undefined;
    return whenIdle(() => store.setState((state) => ({ drawn: state.drawn + MORE_ROWS })));
  }, [store, drawn, total]);
}
