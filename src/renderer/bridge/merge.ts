import type { Changes } from '../../shared/contract/events.ts';
import type { BuildStep, RunEvent } from '../../shared/domain/run.ts';
import type { ById, Entities } from '../stores/entities.ts';

/** The records with the newer rows put in; the same object when there is nothing to put in. */
export function putRows<T extends { id: string }>(have: ById<T>, rows: readonly T[]): ById<T> {
  if (rows.length === 0) return have;
  const next: Record<string, T> = { ...have };
  for (const row of rows) next[row.id] = row;
  return next;
}

/** Puts rows into ordered lists by run, a row of the same position replacing the older one. */
function putLists<T extends { runId: string }>(
  have: ById<readonly T[]>,
  rows: readonly T[],
  position: (row: T) => number,
): ById<readonly T[]> {
  if (rows.length === 0) return have;
  const next: Record<string, readonly T[]> = { ...have };
  for (const [runId, added] of Map.groupBy(rows, (row) => row.runId)) {
    const byPosition = new Map((next[runId] ?? []).map((row) => [position(row), row]));
    for (const row of added) byPosition.set(position(row), row);
    next[runId] = [...byPosition.values()].toSorted((a, b) => position(a) - position(b));
  }
  return next;
}

export const putEvents = (
  have: Entities['events'],
  rows: readonly RunEvent[],
): Entities['events'] => putLists(have, rows, (row) => row.seq);

export const putSteps = (have: Entities['steps'], rows: readonly BuildStep[]): Entities['steps'] =>
  putLists(have, rows, (row) => row.index);

/** The entities after a push. */
export const putChanges = (have: Entities, changes: Changes): Partial<Entities> => ({
  projects: putRows(have.projects, changes.projects),
  jobs: putRows(have.jobs, changes.jobs),
  versions: putRows(have.versions, changes.versions),
  runs: putRows(have.runs, changes.runs),
  sweeps: putRows(have.sweeps, changes.sweeps),
  events: putEvents(have.events, changes.runEvents),
  steps: putSteps(have.steps, changes.steps),
});
