import { useEffect, useState } from 'react';
import type { MetricSeries } from '../../../shared/domain/tracked.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { isActive } from '../../stores/run-states.ts';

/** Most points of a series that are asked for: more than any screen has columns of pixels. */
const POINTS = 5000;
/** How often the metrics of a run under way are read, in ms. */
const EVERY = 3000;

export interface Metrics {
  /** Null until they are read. */
  series: readonly MetricSeries[] | null;
  error: ErrorData | null;
}

/** The metrics of a run, read again while it goes on. */
export function useMetrics(run: Run): Metrics {
  const [metrics, setMetrics] = useState<Metrics>({ series: null, error: null });
  const active = isActive(run);
  const { id } = run;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let here = true;
    const read = async (): Promise<void> => {
      const result = await call('runMetrics', { runId: id, points: POINTS });
      if (!here) return;
      setMetrics((have) =>
        result.ok
          ? { series: result.value, error: null }
          : { series: have.series, error: result.error },
      );
      if (active) timer = setTimeout(() => void read(), EVERY);
    };
    void read();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [id, active]);
  return metrics;
}
