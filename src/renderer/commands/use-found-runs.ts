import { useEffect, useState } from 'react';
import type { Run } from '../../shared/domain/run.ts';
import { call } from '../bridge/client.ts';

const CALM_MS = 120;
const LIMIT = 8;

/** The newest runs of all projects whose words hold what is typed, among any number of runs. */
export function useFoundRuns(typed: string): readonly Run[] {
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const text = typed.trim();
  useEffect(() => {
    let left = false;
    const ask = async (): Promise<void> => {
      const query = { scope: {}, filter: { text }, sort: [], groupBy: null };
      const page = text ? await call('queryRuns', { ...query, offset: 0, limit: LIMIT }) : null;
      // Without an answer there is still everything else that was typed for.
      if (!left) setRuns(page?.ok ? page.value.runs : []);
    };
    const timer = setTimeout(() => void ask(), text ? CALM_MS : 0);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [text]);
  return runs;
}
