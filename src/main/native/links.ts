import type { LinkTarget } from '../../shared/links.ts';
import type { Core } from '../../core/create-core.ts';

/** Whether there is what a link leads to. */
export function leadsSomewhere({ runs, jobs, sweeps }: Core['repos'], target: LinkTarget): boolean {
  switch (target.page) {
    case 'run':
      return runs.get(target.runId) !== null;
    case 'job':
      return jobs.get(target.jobId) !== null;
    case 'sweep':
      return sweeps.get(target.sweepId) !== null;
  }
}

/** What is said of a link to something that is not there. */
export const LEADS_NOWHERE = {
  type: 'info' as const,
  title: 'Slipway',
  detail: 'It may have been deleted, or belong to another computer or data folder.',
  buttons: ['OK'],
};
