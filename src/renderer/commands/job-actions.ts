import type { Job } from '../../shared/domain/job.ts';
import { call } from '../bridge/client.ts';
import { plural } from '../lib/format.ts';
import { chooseJobs, navigate, notify, notifyUndo, useUi } from '../stores/ui.ts';

const namesOf = (jobs: readonly Job[]): string =>
  jobs.length === 1 ? jobs[0]!.name : plural(jobs.length, 'job');

async function restore(jobs: readonly Job[]): Promise<void> {
  const result = await call('restoreJobs', { jobIds: jobs.map(({ id }) => id) });
  if (!result.ok) notify(`${namesOf(jobs)} could not be taken out of the bin.`, result.error);
}

/** Puts jobs into the bin; a notice takes them out again. */
export async function binJobs(jobs: readonly Job[]): Promise<void> {
  const result = await call('binJobs', { jobIds: jobs.map(({ id }) => id) });
  if (!result.ok) return notify(`${namesOf(jobs)} could not be moved to the bin.`, result.error);
  const { at } = useUi.getState().history;
  chooseJobs([]);
  if (at.page === 'job' && jobs.some(({ id }) => id === at.jobId)) navigate({ page: 'jobs' });
  notifyUndo(`${namesOf(jobs)} moved to the bin.`, () => void restore(jobs));
}

/** Asks for the folder that a job's next version is made from. */
export async function newVersion({ id }: Job): Promise<void> {
  const chosen = await call('chooseFolder', {});
  if (!chosen.ok) return notify('The folder could not be opened.', chosen.error);
  if (!chosen.value) return;
  const { folder } = chosen.value;
  navigate({ page: 'new-job', source: 'folder', folder, jobId: id });
}
