import type { Job, JobVersion } from '../../../shared/domain/job.ts';

/** Taking a job's source anew: how it is called, from where, and what is done meanwhile. */
export interface FreshSource {
  title: string;
  from: string;
  doing: string;
}

const COMMIT = /^[0-9a-f]{40}$/;

/**
 * What a job can be taken from again; null when it cannot. A commit and a digest stay what they are:
 * there is no newer state of them.
 */
export function freshSource(job: Job, newest: JobVersion | undefined): FreshSource | null {
  if (job.folder !== null) {
    return { title: 'The folder as it is now', from: job.folder, doing: 'Freezing the folder' };
  }
  const source = newest?.source;
  if (source?.kind === 'git' && !COMMIT.test(source.ref ?? '')) {
    const branch = source.ref ?? 'the default branch';
    return { title: `Newest of ${branch}`, from: source.remote, doing: 'Fetching the repository' };
  }
  if (source?.kind === 'image' && !source.reference.includes('@')) {
    const { reference } = source;
    return { title: `Newest of ${reference}`, from: reference, doing: 'Pulling the image' };
  }
  return null;
}
