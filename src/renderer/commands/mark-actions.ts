import type { Job } from '../../shared/domain/job.ts';
import type { RunMarks } from '../../shared/domain/run-marks.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { ErrorData } from '../../shared/errors.ts';
import { call } from '../bridge/client.ts';
import { plural } from '../lib/format.ts';
import { notify, notifyUndo } from '../stores/ui.ts';

const named = (rows: readonly { name: string }[], what: string): string =>
  rows.length === 1 ? rows[0]!.name : plural(rows.length, what);

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** Changes what is noted about runs. What they are then comes with the next push. */
export async function markRuns(runs: readonly Run[], marks: RunMarks): Promise<ErrorData | null> {
  const result = await call('markRuns', { runIds: idsOf(runs), marks });
  return result.ok ? null : result.error;
}

/** Puts a star on all of the runs; takes it off when all have one. */
export async function toggleStars(runs: readonly Run[]): Promise<void> {
  const starred = !runs.every((run) => run.starred);
  const error = await markRuns(runs, { starred });
  if (error) notify(`The star of ${named(runs, 'run')} could not be changed.`, error);
}

export async function restoreRuns(runs: readonly Run[]): Promise<void> {
  const result = await call('restoreRuns', { runIds: idsOf(runs) });
  if (!result.ok) notify(`${named(runs, 'run')} could not be restored.`, result.error);
}

/** Puts runs into the bin, with a way to take it back. True when they are there. */
export async function binRuns(runs: readonly Run[]): Promise<boolean> {
  const result = await call('binRuns', { runIds: idsOf(runs) });
  if (!result.ok) {
    notify(`${named(runs, 'run')} could not be moved to the bin.`, result.error);
    return false;
  }
  notifyUndo(`Moved ${named(runs, 'run')} to the bin.`, () => void restoreRuns(runs));
  return true;
}

export async function restoreJobs(jobs: readonly Job[]): Promise<void> {
  const result = await call('restoreJobs', { jobIds: idsOf(jobs) });
  if (!result.ok) notify(`${named(jobs, 'job')} could not be restored.`, result.error);
}

/** Puts jobs into the bin, their runs with them, with a way to take it back. True when they are there. */
export async function binJobs(jobs: readonly Job[]): Promise<boolean> {
  const result = await call('binJobs', { jobIds: idsOf(jobs) });
  if (!result.ok) {
    notify(`${named(jobs, 'job')} could not be moved to the bin.`, result.error);
    return false;
  }
  notifyUndo(`Moved ${named(jobs, 'job')} to the bin.`, () => void restoreJobs(jobs));
  return true;
}
