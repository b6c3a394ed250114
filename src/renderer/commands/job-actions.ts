import type { Job } from '../../shared/domain/job.ts';
import { call } from '../bridge/client.ts';
import { chooseJobs, navigate, notify } from '../stores/ui.ts';
import { binJobs } from './mark-actions.ts';

/** Puts the jobs that are chosen in the list into the bin. */
export async function binChosen(jobs: readonly Job[]): Promise<void> {
  if (await binJobs(jobs)) chooseJobs([]);
}

/** Asks for the folder that a job's next version is made from. */
export async function newVersion({ id }: Job): Promise<void> {
  const chosen = await call('chooseFolder', {});
  if (!chosen.ok) return notify('The folder could not be opened.', chosen.error);
  if (!chosen.value) return;
  const { folder } = chosen.value;
  navigate({ page: 'new-job', source: 'folder', folder, jobId: id });
}
