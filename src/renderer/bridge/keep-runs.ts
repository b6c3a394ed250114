import type { Run } from '../../shared/domain/run.ts';
import type { ById, Entities } from '../stores/entities.ts';
import type { Route } from '../stores/route.ts';
import { isActive } from '../stores/run-states.ts';

/** Ended runs that are kept beside those in use: what a person is likely to come back to. */
const RECENT = 300;
/** Runs are let go of when there are this many more, so that it is not done at each push. */
const SLACK = 200;

/** Whether what is on the screen is about the run, beside lists, which hold their own rows. */
function isOnScreen(run: Run, at: Route): boolean {
  if (at.page === 'run') return run.id === at.runId;
  if (at.page === 'compare') return at.runIds.includes(run.id);
  return at.page === 'sweep' && run.sweep?.id === at.sweepId;
}

function pick<T>(from: ById<T>, keys: ReadonlySet<string>): ById<T> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.has(key)));
}

/**
 * The entities without runs that nobody needs: kept are those under way, those on the screen, the newest
 * of each job, and the newest {@link RECENT} of all. Lists of runs ask for their pages themselves.
 */
export function withoutOldRuns(have: Entities, at: Route): Entities {
  const all = Object.values(have.runs);
  const used = all.filter((run) => isActive(run) || isOnScreen(run, at));
  if (all.length <= used.length + RECENT + SLACK) return have;
  const byAge = all.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  const newest = new Map<string, Run>();
  for (const run of byAge) if (!newest.has(run.jobId)) newest.set(run.jobId, run);
  const kept = new Set(
    [...used, ...newest.values(), ...byAge.slice(0, RECENT)].map(({ id }) => id),
  );
  return {
    ...have,
    runs: pick(have.runs, kept),
    events: pick(have.events, kept),
    steps: pick(have.steps, kept),
  };
}
