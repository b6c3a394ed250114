import type { Changes } from '../../shared/contract/events.ts';
import type { Job } from '../../shared/domain/job.ts';
import type { BuildStep, Run, RunEvent } from '../../shared/domain/run.ts';
import type { ById, Entities } from '../stores/entities.ts';

/** The records with the newer rows put in; the same object when there is nothing to put in. */
export function putRows<T extends { id: string }>(have: ById<T>, rows: readonly T[]): ById<T> {
  if (rows.length === 0) return have;
  const next: Record<string, T> = { ...have };
  for (const row of rows) next[row.id] = row;
  return next;
}

/** The records without some; the same object when there is nothing to leave out. */
function dropRows<T>(have: ById<T>, isGone: (id: string, row: T) => boolean): ById<T> {
  const rows = Object.entries(have);
  const left = rows.filter(([id, row]) => !isGone(id, row));
  return left.length === rows.length ? have : Object.fromEntries(left);
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
export function putChanges(have: Entities, changes: Changes): Partial<Entities> {
  const entities = {
    projects: putRows(have.projects, changes.projects),
    jobs: putRows(have.jobs, changes.jobs),
    versions: putRows(have.versions, changes.versions),
    runs: putRows(withJobs(have, changes.jobs), changes.runs),
    sweeps: putRows(have.sweeps, changes.sweeps),
    queues: putRows(have.queues, changes.queues),
    events: putEvents(have.events, changes.runEvents),
    steps: putSteps(have.steps, changes.steps),
  };
  return { ...entities, ...withoutRemoved(entities, changes.removed) };
}

/** Runs are shown with the name of their job, and are in the bin with it. */
function withJobs({ runs, jobs }: Entities, changed: readonly Job[]): ById<Run> {
  const before = (job: Job) => jobs[job.id] ?? job;
  const differs = (job: Job) =>
    before(job).name !== job.name || before(job).binnedAt !== job.binnedAt;
  const news = new Map(changed.filter(differs).map((job) => [job.id, job]));
  if (news.size === 0) return runs;
  const theirs = Object.values(runs).flatMap((run) => {
    const job = news.get(run.jobId);
    if (!job) return [];
    const own = run.binnedAt === before(job).binnedAt ? null : run.binnedAt;
    return { ...run, jobName: job.name, binnedAt: own ?? job.binnedAt };
  });
  return putRows(runs, theirs);
}

function withoutRemoved(
  have: Omit<Entities, 'status' | 'error' | 'engine' | 'projects' | 'troubles'>,
  removed: Changes['removed'],
): Partial<Entities> {
  const runs = new Set(removed.runs);
  const jobs = new Set(removed.jobs);
  const sweeps = new Set(removed.sweeps);
  const queues = new Set(removed.queues);
  return {
    ...(runs.size > 0 && {
      runs: dropRows(have.runs, (id) => runs.has(id)),
      events: dropRows(have.events, (id) => runs.has(id)),
      steps: dropRows(have.steps, (id) => runs.has(id)),
    }),
    ...(jobs.size > 0 && {
      jobs: dropRows(have.jobs, (id) => jobs.has(id)),
      versions: dropRows(have.versions, (_id, { jobId }) => jobs.has(jobId)),
    }),
    ...(sweeps.size > 0 && { sweeps: dropRows(have.sweeps, (id) => sweeps.has(id)) }),
    ...(queues.size > 0 && { queues: dropRows(have.queues, (id) => queues.has(id)) }),
  };
}
