import { Boxes, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { restoreJobs, restoreRuns } from '../../commands/mark-actions.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { BinRow, Confirm } from './bin-row.tsx';
import { PAGE, useBin } from './use-bin.ts';
import styles from './bin.module.css';

/** Most runs that one request deletes. */
const AT_ONCE = 500;

async function deleteRuns(runs: readonly { id: string }[]): Promise<ErrorData | null> {
  const result = await call('deleteRuns', { runIds: runs.map(({ id }) => id) });
  return result.ok ? null : result.error;
}

async function deleteJobs(jobs: readonly { id: string }[]): Promise<ErrorData | null> {
  const result = await call('deleteJobs', { jobIds: jobs.map(({ id }) => id) });
  return result.ok ? null : result.error;
}

/** Deletes what is in the bin now, runs part by part, until nothing is left or one part fails. */
async function emptyBin(jobs: readonly Job[]): Promise<ErrorData | null> {
  const failed = jobs.length > 0 ? await deleteJobs(jobs) : null;
  if (failed) return failed;
  const query = { scope: { binned: true }, filter: {}, sort: [], groupBy: null, offset: 0 };
  for (;;) {
    const found = await call('queryRuns', { ...query, limit: AT_ONCE });
    if (!found.ok) return found.error;
    if (found.value.runs.length === 0) return null;
    const error = await deleteRuns(found.value.runs);
    if (error) return error;
  }
}

const jobSentence = ({ name, runCount }: Job): string =>
  `Deletes ${name} with all its versions${runCount > 0 ? ` and ${plural(runCount, 'run')}` : ''}.`;

interface RowProps<T> {
  row: T;
  onDone: () => void;
}

function JobRow({ row: job, onDone }: RowProps<Job>) {
  return (
    <BinRow
      mark={<Boxes size={16} aria-hidden="true" />}
      name={job.name}
      meta={`in ${job.projectName}, ${plural(job.runCount, 'run')}`}
      binnedAt={job.binnedAt ?? job.createdAt}
      sentence={jobSentence(job)}
      onRestore={() => void restoreJobs([job]).then(onDone)}
      onDelete={() => deleteJobs([job]).finally(onDone)}
    />
  );
}

function RunRow({ row: run, onDone }: RowProps<Run>) {
  return (
    <BinRow
      mark={<StateMark state={run.state} bare />}
      name={run.name}
      meta={`${run.jobName} v${run.versionNumber}`}
      binnedAt={run.binnedAt ?? run.createdAt}
      sentence={`Deletes ${run.name} with its log, metrics and outputs.`}
      onRestore={() => void restoreRuns([run]).then(onDone)}
      onDelete={() => deleteRuns([run]).finally(onDone)}
    />
  );
}

function contents(jobs: number, runs: number): string {
  const parts = [jobs > 0 && plural(jobs, 'job'), runs > 0 && plural(runs, 'run')];
  return parts.filter(Boolean).join(' and ');
}

/** What was put into the bin: to be restored, or deleted for good. */
export default function BinPage() {
  const [limit, setLimit] = useState(PAGE);
  const [asking, setAsking] = useState(false);
  const { held, error, reload } = useBin(limit);
  const { jobs = [], runs = [], total = 0 } = held ?? {};
  const isEmpty = held !== null && jobs.length + total === 0;
  return (
    <>
      <Toolbar
        title="Bin"
        {...(held && !isEmpty && { meta: contents(jobs.length, total) })}
        actions={
          held &&
          !isEmpty && (
            <Button icon={<Trash2 />} aria-expanded={asking} onClick={() => setAsking(!asking)}>
              Empty the bin…
            </Button>
          )
        }
      />
      {asking && !isEmpty && (
        <Confirm
          sentence={`Deletes ${contents(jobs.length, total)} with all logs, metrics and outputs.`}
          onDelete={() => emptyBin(jobs).finally(reload)}
          onKeep={() => setAsking(false)}
        />
      )}
      {error && (
        <div className={page.note}>
          <ErrorNote error={error} action={<Button onClick={reload}>Try again</Button>} />
        </div>
      )}
      {!held && !error && <SkeletonRows label="Reading the bin" />}
      {isEmpty && (
        <Empty icon={<Trash2 size={24} />} title="The bin is empty">
          Jobs and runs that you move to the bin stay here until you restore them or delete them for
          good.
        </Empty>
      )}
      <div className={isEmpty ? undefined : page.scroll}>
        {jobs.length > 0 && (
          <section aria-label="Jobs" className={styles.section}>
            <h2>Jobs</h2>
            <ul>
              {jobs.map((job) => (
                <JobRow key={job.id} row={job} onDone={reload} />
              ))}
            </ul>
          </section>
        )}
        {runs.length > 0 && (
          <section aria-label="Runs" className={styles.section}>
            <h2>Runs</h2>
            <ul>
              {runs.map((run) => (
                <RunRow key={run.id} row={run} onDone={reload} />
              ))}
            </ul>
            {total > runs.length && limit < AT_ONCE && (
              <Button look="quiet" onClick={() => setLimit(AT_ONCE)}>
                Show more of {formatCount(total)}
              </Button>
            )}
          </section>
        )}
      </div>
    </>
  );
}
