import { useEffect, useRef, useState } from 'react';
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

/** The metrics of a run. While it goes on and the window is seen, what is new is added. */
export function useMetrics({ id, ...run }: Run): Metrics {
  const [metrics, setMetrics] = useState<{ of: string } & Metrics>({ of: id, ...NOTHING });
  const held = useRef<{ of: string; series: SeriesMap }>({ of: id, series: new Map() });
  const active = isActive(run);
  useEffect(() => {
    if (held.current.of !== id) held.current = { of: id, series: new Map() };
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      const have = haveOf(held.current.series);
      const result = await call('runMetricsSince', { runId: id, points: POINTS, have });
      if (stop.signal.aborted) return;
      if (result.ok) held.current.series = withNews(held.current.series, result.value);
      const { series } = held.current;
      setMetrics((shown) =>
        result.ok
          ? { of: id, series, error: null }
          : { of: id, series: shown.of === id ? shown.series : null, error: result.error },
      );
    };
    void keepReading(read, active, stop.signal);
    return () => stop.abort();
  }, [id, active]);
  return metrics.of === id ? metrics : NOTHING;
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
