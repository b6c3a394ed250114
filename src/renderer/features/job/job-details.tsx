import type { Job } from '../../../shared/domain/job.ts';
import { formatExact } from '../../lib/format.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import page from '../frame/page.module.css';
import { Description } from './description.tsx';
import styles from './job.module.css';

/** What a job is: its description and where it belongs. */
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
              <span className={styles.copyable}>
                <span className="mono">{job.fullName}</span>
                <CopyButton text={job.fullName} label="Copy full name" />
              </span>
            </Fact>
            {job.folder && (
              <Fact name="Folder">
                <span className={styles.copyable}>
                  <span className="mono">{job.folder}</span>
                  <CopyButton text={job.folder} label="Copy folder path" />
                </span>
              </Fact>
            )}
            <Fact name="Creation date">{formatExact(job.createdAt)}</Fact>
          </Facts>
        </section>
      </div>
    </div>
  );
}
