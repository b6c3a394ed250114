import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { entryOverride, launchCommand, type LaunchDraft } from './launch-draft.ts';
import styles from './launch.module.css';

interface Props {
  job: Job;
  version: JobVersion | undefined;
  draft: LaunchDraft;
}

/** What exactly will run, and the same launch for a terminal. */
export function CommandPreview({ job, version, draft }: Props) {
  const runs = entryOverride(draft, version) ?? (version ? formatCommand(version.entryPoint) : '…');
  const command = formatCommand(launchCommand(job, draft, version));
  return (
    <div className={styles.commands}>
      <dl>
        <dt>Runs</dt>
        <dd className="mono selectable">{runs}</dd>
        <dt>Terminal</dt>
        <dd className={`mono selectable ${styles.terminal}`}>{command}</dd>
      </dl>
      <CopyButton text={command} label="Copy terminal command" />
    </div>
  );
}
