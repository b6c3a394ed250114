import type { Job, JobVersion } from '../../shared/domain/job.ts';
import type { Project } from '../../shared/domain/project.ts';
import { DEFAULT_QUEUE, type Queue } from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Sweep } from '../../shared/domain/sweep.ts';
import type { ById, Entities } from './entities.ts';
import { isActive } from './run-states.ts';

/** Newest first; ids break ties so that the order never flickers. */
const newest = <T extends { createdAt: number; id: string }>(a: T, b: T): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);

/** What is in the bin is hidden everywhere but there. */
const isThere = ({ binnedAt }: Job | Run): boolean => binnedAt === null;

export const projectsByName = (projects: ById<Project>): Project[] =>
  Object.values(projects).toSorted((a, b) => a.name.localeCompare(b.name));

/** The project the window shows: the chosen one while it is there, else `default`, else the first. */
export function currentProject(projects: ById<Project>, chosen: string | null): Project | null {
  const byChoice = chosen === null ? undefined : projects[chosen];
  if (byChoice) return byChoice;
  const all = projectsByName(projects);
  return all.find((project) => project.name === 'default') ?? all[0] ?? null;
}

export const jobsOf = (jobs: ById<Job>, projectId: string | undefined): Job[] =>
  Object.values(jobs)
    .filter((job) => job.projectId === projectId && isThere(job))
    .toSorted(newest);

export const sweepsOf = (sweeps: ById<Sweep>, jobId: string): Sweep[] =>
  Object.values(sweeps)
    .filter((sweep) => sweep.jobId === jobId)
    .toSorted(newest);

/** The newest run of each cell of a sweep, by the cell. */
export function runsOfSweep(runs: ById<Run>, sweepId: string): Map<number, Run> {
  const found = new Map<number, Run>();
  for (const run of Object.values(runs)) {
    if (run.sweep?.id !== sweepId) continue;
    const have = found.get(run.sweep.cell);
    if (!have || newest(run, have) < 0) found.set(run.sweep.cell, run);
  }
  return found;
}

export const versionsOf = (versions: ById<JobVersion>, jobId: string): JobVersion[] =>
  Object.values(versions)
    .filter((version) => version.jobId === jobId)
    .toSorted((a, b) => b.number - a.number);

/** Runs that are under way, in any project, oldest first: new ones join at the end. */
export const activeRuns = (runs: ById<Run>): Run[] =>
  Object.values(runs)
    .filter(isActive)
    .toSorted((a, b) => newest(b, a));

/** The newest run of each job. */
export function lastRuns(runs: ById<Run>): Map<string, Run> {
  const last = new Map<string, Run>();
  for (const run of Object.values(runs)) {
    if (!isThere(run)) continue;
    const have = last.get(run.jobId);
    if (!have || newest(run, have) < 0) last.set(run.jobId, run);
  }
  return last;
}

/** True when every word of the filter is somewhere in the text, whatever the case. */
export function matches(text: string, filter: string): boolean {
  const where = text.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
}

/** The default queue first, then by name. */
export const queuesInOrder = (queues: ById<Queue>): Queue[] =>
  Object.values(queues).toSorted(
    (a, b) =>
      Number(b.id === DEFAULT_QUEUE) - Number(a.id === DEFAULT_QUEUE) ||
      a.name.localeCompare(b.name),
  );

/** The job of that name in the project of that name: what a new snapshot would become a version of. */
export const jobNamed = (
  jobs: Entities['jobs'],
  projectName: string,
  name: string,
): Job | undefined =>
  Object.values(jobs).find(
    (job) => job.projectName === projectName && job.name === name && isThere(job),
  );
