import type { Job } from '../../../shared/domain/job.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { formatExact, plural } from '../../lib/format.ts';
import { navigate, replaceRoute } from '../../stores/ui.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { RunMark } from '../../ui/state-mark.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import page from '../frame/page.module.css';
import { Description } from './description.tsx';
import styles from './job.module.css';

const SOURCES: Readonly<Record<Job['sourceKind'], string>> = {
  code: 'A folder, frozen at each launch that finds it changed',
  git: 'A git repository, at a commit',
  image: 'A container image, at a digest',
};

/** The newest run of the job; asked for, as there may be more than the window holds. */
function LastRun({ job }: { job: Job }) {
  const { value } = useAnswer('queryRuns', {
    scope: { jobId: job.id },
    filter: {},
    sort: [],
    groupBy: null,
    offset: 0,
    limit: 1,
  });
  const run = value?.runs[0];
  if (!value) return null;
  if (!run) return <>None yet</>;
  return (
    <span className={styles.lastRun}>
      <RunMark run={run} />
      <button
        type="button"
        className={styles.link}
        onClick={() => navigate({ page: 'run', runId: run.id, tab: 'overview' })}
      >
        {run.name}
      </button>
      <span className={styles.quiet}>
        <RelativeTime at={run.createdAt} />
      </span>
    </span>
  );
}

function Counts({ job }: { job: Job }) {
  const open = (tab: 'runs' | 'versions') => (): void =>
    replaceRoute({ page: 'job', jobId: job.id, tab });
  return (
    <>
      <button type="button" className={styles.link} onClick={open('versions')}>
        {plural(job.latestVersion + 1, 'version')}
      </button>
      ,{' '}
      <button type="button" className={styles.link} onClick={open('runs')}>
        {plural(job.runCount, 'run')}
      </button>
    </>
  );
}

/** What a job is: its description, where it belongs, and what it has come to. */
export function JobDetails({ job }: { job: Job }) {
  const [owner = ''] = job.fullName.split('/');
  return (
    <div className={page.scroll}>
      <div className={page.column}>
        <section className={page.section}>
          <h2 className={page.heading}>Description</h2>
          <Description key={job.id} job={job} />
        </section>
        <section className={page.section}>
          <Facts>
            <Fact name="Owner entity">{owner}</Fact>
            <Fact name="Parent project">{job.projectName}</Fact>
            <Fact name="Full name">
              <Copyable text={job.fullName} label="Copy full name" />
            </Fact>
            <Fact name="Source">
              {SOURCES[job.sourceKind]}
              {job.folder && (
                <span className={styles.folder}>
                  <Copyable text={job.folder} label="Copy folder path" />
                </span>
              )}
            </Fact>
            <Fact name="Holds">
              <Counts job={job} />
            </Fact>
            <Fact name="Last run">
              <LastRun key={job.runCount} job={job} />
            </Fact>
            <Fact name="Creation date">
              {formatExact(job.createdAt)}
              <span className={styles.sub}>
                <RelativeTime at={job.createdAt} />
              </span>
            </Fact>
            <Fact name="Id">
              <Copyable text={job.id} label="Copy job id" />
            </Fact>
          </Facts>
        </section>
      </div>
    </div>
  );
}
