import { useCallback, useSyncExternalStore } from 'react';

type Step = 1000 | 30_000;

/** One timer for all readers of the same step; none while nobody reads. */
function createTicker(step: Step) {
  const readers = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = (): void => {
    now = Date.now();
    for (const reader of readers) reader();
  };
  return {
    now: () => now,
    subscribe(reader: () => void) {
      if (readers.size === 0) {
        now = Date.now();
        timer = setInterval(tick, step);
      }
      readers.add(reader);
      return () => {
        readers.delete(reader);
        if (readers.size === 0) clearInterval(timer);
      };
    },
  };
}

const seconds = createTicker(1000);
const halfMinutes = createTicker(30_000);

/** The time in ms since 1970, renewed every second or every half minute. */
export function useNow(step: Step): number {
  const ticker = step === 1000 ? seconds : halfMinutes;
  const subscribe = useCallback((reader: () => void) => ticker.subscribe(reader), [ticker]);
  return useSyncExternalStore(subscribe, ticker.now);
}
