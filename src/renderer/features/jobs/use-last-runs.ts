import { useEffect, useRef } from 'react';
import type { Job } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { loadLastRun } from '../../bridge/sync.ts';

/** Beyond so many jobs their last runs are not worth asking for one by one. */
const LIMIT = 200;

/** Reads the last run of each job that has runs and none of them here, one after the other. */
export function useLastRuns(jobs: readonly Job[], known: ReadonlyMap<string, Run>): void {
  const asked = useRef(new Set<string>());
  useEffect(() => {
    let left = false;
    const missing = jobs.filter(({ id, runCount }) => runCount > 0 && !known.has(id));
    const ask = async (): Promise<void> => {
      for (const { id } of missing.slice(0, LIMIT)) {
        if (left) return;
        if (asked.current.has(id)) continue;
        asked.current.add(id);
        await loadLastRun({ jobId: id });
      }
    };
    void ask();
    return () => void (left = true);
  }, [jobs, known]);
}
