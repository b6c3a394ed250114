import { useEffect, useMemo, useRef, useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { isActive } from '../../stores/run-states.ts';
import { haveOf, withNews, type SeriesMap } from './series-data.ts';

/** Most points of a series that are asked for at once: more than any screen has columns of pixels. */
const POINTS = 5000;
/** How often what is new of a run under way is asked for, in ms. */
const EVERY = 500;

export interface Metrics {
  /** Null until they are read. */
  series: SeriesMap | null;
  error: ErrorData | null;
}

const NOTHING: Metrics = { series: null, error: null };

type Found = ReadonlyMap<string, Metrics>;

/**
 * The metrics of runs, by the run's id. While a run goes on and the window is seen, what is new is added.
 */
export function useManyMetrics(runs: readonly Run[]): Found {
  const [found, setFound] = useState<Found>(new Map());
  const held = useRef(new Map<string, SeriesMap>());
  // Only these two of a run are asked for: a push of anything else of it starts nothing anew.
  const key = runs.map((run) => `${run.id} ${isActive(run)}`).join('\n');
  useEffect(() => {
    const stop = new AbortController();
    for (const line of key.split('\n').filter(Boolean)) {
      const [id = '', active] = line.split(' ');
      const read = async (): Promise<void> => {
        const have = held.current.get(id) ?? new Map();
        const result = await call('runMetricsSince', {
          runId: id,
          points: POINTS,
          have: haveOf(have),
        });
        if (stop.signal.aborted) return;
        const series = result.ok ? withNews(have, result.value) : (held.current.get(id) ?? null);
        if (series) held.current.set(id, series);
        const news = { series, error: result.ok ? null : result.error };
        setFound((shown) => (isSame(shown.get(id), news) ? shown : new Map(shown).set(id, news)));
      };
      void keepReading(read, active === 'true', stop.signal);
    }
    return () => stop.abort();
  }, [key]);
  return found;
}

const isSame = (have: Metrics | undefined, news: Metrics): boolean =>
  have?.series === news.series && have?.error === news.error;

/** The metrics of one run. */
export function useMetrics(run: Run): Metrics {
  return useManyMetrics(useMemo(() => [run], [run])).get(run.id) ?? NOTHING;
}

/** Once, and again while the run goes on, unless nobody can see it. */
async function keepReading(
  read: () => Promise<void>,
  active: boolean,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await read();
    if (!active) return;
    await untilDue(signal);
  }
}

async function untilDue(signal: AbortSignal): Promise<void> {
  do {
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  } while (document.hidden && !signal.aborted);
}
