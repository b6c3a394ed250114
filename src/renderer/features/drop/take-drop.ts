import type { DroppedFolder } from '../../../shared/contract/bridge.ts';
import { getBridge } from '../../bridge/client.ts';
import type { NewJobRoute } from '../../stores/route.ts';
import { navigate, notify, openNewJobs } from '../../stores/ui.ts';
import { droppedText } from './dropped-text.ts';

const NO_JOB = {
  code: 'E_SOURCE_NOT_FOUND',
  message: 'What was dropped is neither a folder nor the address of a git repository.',
  next: 'Drop a folder, a folder with tracked runs, or a link to a repository.',
} as const;

/** Where a folder leads: to a job, to a new version of one, or to the import of the runs in it. */
function routeOf({ folder, runs, only }: DroppedFolder, jobId: string | undefined): NewJobRoute {
  const held = runs > 0 ? { folder, runs } : { folder };
  if (only) return { page: 'new-job', source: 'tracked', ...held };
  return { page: 'new-job', source: 'folder', ...held, ...(jobId && { jobId }) };
}

/**
 * Asks for the folder behind each dropped thing; what is no folder is named and left out. One folder on a job
 * becomes its next version.
 */
export async function takeFiles(files: readonly File[], jobId: string | undefined): Promise<void> {
  const answers = await Promise.all(files.map((file) => getBridge().grantDroppedFolder(file)));
  const folders = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  answers.forEach((answer, index) => {
    if (!answer.ok) notify(`${files[index]?.name} was left out.`, answer.error);
  });
  const target = folders.length === 1 ? jobId : undefined;
  openNewJobs(folders.map((folder) => routeOf(folder, target)));
}

/** Opens what a dropped link leads to, or says that it leads nowhere. */
export function takeText(list: string, text: string): void {
  const dropped = droppedText(list, text);
  if (dropped.kind === 'git') {
    return navigate({ page: 'new-job', source: 'git', address: dropped.address });
  }
  if (dropped.kind === 'other') return notify('Nothing was made of it.', NO_JOB);
  const { target } = dropped;
  if (target.page === 'job') return navigate({ ...target, tab: 'runs' });
  if (target.page === 'sweep') return navigate(target);
  const { runId, line } = target;
  navigate({ page: 'run', runId, tab: 'log', ...(line !== null && { line }) });
}
