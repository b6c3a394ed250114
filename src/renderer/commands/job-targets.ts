import type { Job } from '../../shared/domain/job.ts';
import { useEntities } from '../stores/entities.ts';
import { useUi } from '../stores/ui.ts';
import { jobIdHere } from './actions.ts';

/** The jobs that a command is for: the one on the screen, or those chosen in the list. */
export function jobsHere(): Job[] {
  const { history, chosenJobs } = useUi.getState();
  const { jobs } = useEntities.getState();
  const here = jobIdHere();
  const ids = history.at.page === 'jobs' ? chosenJobs : here === null ? [] : [here];
  return ids.flatMap((id) => jobs[id] ?? []).filter(({ binnedAt }) => binnedAt === null);
}

/** The one job that a command is for; null for none or several. */
export function jobHere(): Job | null {
  const jobs = jobsHere();
  return jobs.length === 1 ? jobs[0]! : null;
}
