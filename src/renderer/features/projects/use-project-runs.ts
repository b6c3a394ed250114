import { useEffect, useMemo, useRef } from 'react';
import type { Project } from '../../../shared/domain/project.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { loadLastRun } from '../../bridge/sync.ts';
import { useEntities, type ById } from '../../stores/entities.ts';
import { isActive } from '../../stores/run-states.ts';

export interface ProjectRuns {
  last: Run;
  /** Under way. */
  running: number;
}

function byProject(runs: ById<Run>): Map<string, ProjectRuns> {
  const found = new Map<string, ProjectRuns>();
  for (const run of Object.values(runs)) {
    if (run.binnedAt !== null) continue;
    const have = found.get(run.projectId);
    const newer = !have || run.createdAt > have.last.createdAt;
    const running = (have?.running ?? 0) + (isActive(run) && run.state !== 'queued' ? 1 : 0);
    found.set(run.projectId, { last: newer ? run : have.last, running });
  }
  return found;
}

/** The newest run of each project and how many are under way; what is not here is asked for once. */
export function useProjectRuns(projects: readonly Project[]): ReadonlyMap<string, ProjectRuns> {
  const runs = useEntities((all) => all.runs);
  const found = useMemo(() => byProject(runs), [runs]);
  const asked = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, runCount } of projects) {
      if (runCount === 0 || found.has(id) || asked.current.has(id)) continue;
      asked.current.add(id);
      void loadLastRun({ projectId: id });
    }
  }, [projects, found]);
  return found;
}
