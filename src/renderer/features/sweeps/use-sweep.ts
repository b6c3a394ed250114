import { useEffect, useMemo, useState } from 'react';
import type { Sweep, SweepCell } from '../../../shared/domain/sweep.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { loadSweep, loadSweepRuns } from '../../bridge/sync.ts';
import { useEntities } from '../../stores/entities.ts';
import { runsOfSweep } from '../../stores/selectors.ts';
import { cellsWith, type Cell } from './cells.ts';

interface Loaded {
  sweep: Sweep | undefined;
  cells: readonly Cell[];
  error: ErrorData | null;
  reload: () => void;
}

/** A sweep with its cells, and their runs as they stand now. */
export function useSweep(sweepId: string): Loaded {
  const sweep = useEntities((all) => all.sweeps[sweepId]);
  const all = useEntities((entities) => entities.runs);
  const [values, setValues] = useState<readonly SweepCell[]>([]);
  const [error, setError] = useState<ErrorData | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    const load = async (): Promise<void> => {
      const failed = await loadSweep(
        sweepId,
        (cells) => leaving.signal.aborted || setValues(cells),
      );
      const unread = failed ?? (await loadSweepRuns(sweepId, leaving.signal));
      if (!leaving.signal.aborted) setError(unread);
    };
    void load();
    return () => leaving.abort();
  }, [sweepId, asked]);
  const runs = useMemo(() => runsOfSweep(all, sweepId), [all, sweepId]);
  const cells = useMemo(() => cellsWith(values, runs), [values, runs]);
  return { sweep, cells, error, reload: () => setAsked((n) => n + 1) };
}
