import { useCallback, useEffect, useState } from 'react';
import type { Job } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call, getBridge } from '../../bridge/client.ts';

/** Runs that are read at a time. */
export const PAGE = 100;
/** Pushes come in bursts, in ms. */
const SETTLE = 100;

interface Held {
  jobs: readonly Job[];
  runs: readonly Run[];
  /** Of the runs, with those that are not read. */
  total: number;
}

export interface Bin {
  /** Null until it is read. */
  held: Held | null;
  error: ErrorData | null;
  /** Reads it again. */
  reload: () => void;
}

/** What is in the bin, renewed when anything changes: `limit` of its runs, newest first. */
export function useBin(limit: number): Bin {
  const [held, setHeld] = useState<Held | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const reload = useCallback(() => {
    const query = { scope: { binned: true }, filter: {}, sort: [], groupBy: null };
    void Promise.all([
      call('binnedJobs', {}),
      call('queryRuns', { ...query, offset: 0, limit }),
    ]).then(([jobs, page]) => {
      if (!jobs.ok) return setError(jobs.error);
      if (!page.ok) return setError(page.error);
      setError(null);
      setHeld({ jobs: jobs.value, runs: page.value.runs, total: page.value.total });
    });
  }, [limit]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    reload();
    const stop = getBridge().on('changes', () => {
      clearTimeout(timer);
      timer = setTimeout(reload, SETTLE);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [reload]);
  return { held, error, reload };
}
