import type { LogGrowth } from './log-growth.ts';
import type { LogHead } from './log-store.ts';

interface WatchParts {
  growth: LogGrowth;
  head: (id: string) => Promise<LogHead>;
}

/**
 * Calls back with the head when a log holds something, and then whenever it has grown, at most
 * every `everyMs`. A writer of this process tells itself; for one of another process the files are
 * looked at every `everyMs`. Returns the unsubscribe, after which nothing is called and no timer runs.
 */
export function watchLog(
  { growth, head }: WatchParts,
  id: string,
  everyMs: number,
  listener: (head: LogHead) => void,
): () => void {
  let told = 0;
  let lastLook = -everyMs;
  let timer: NodeJS.Timeout | null = null;
  let looking = false;
  let toldMeanwhile = false;
  let stopped = false;

  const lookIn = (ms: number) => {
    if (stopped) return;
    if (looking) toldMeanwhile = true;
    else timer ??= setTimeout(() => void look(), ms);
  };
  const look = async () => {
    timer = null;
    looking = true;
    toldMeanwhile = false;
    lastLook = performance.now();
    const now = await head(id).catch(() => null);
    looking = false;
    if (stopped) return;
    const grown = now !== null && now.bytes > told;
    told = now?.bytes ?? told;
    if (grown) {
      lookIn(everyMs);
      listener(now);
    } else if (toldMeanwhile || !growth.writer(id)) lookIn(everyMs);
  };
  const unlisten = growth.listen(id, () =>
    lookIn(Math.max(0, lastLook + everyMs - performance.now())),
  );
  lookIn(0);

  return () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    unlisten();
  };
}
