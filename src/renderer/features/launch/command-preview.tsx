import { useDeferredValue } from 'react';
import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useLaunch } from './launch-context.ts';
import { launchCommand } from './launch-draft.ts';
import { askedSpec } from './launch-spec-of.ts';
import styles from './launch.module.css';

interface Props {
  job: Job;
  version: JobVersion | undefined;
  /** A sweep is no one launch: there is no command line to show for it. */
  runsOnly?: boolean;
}

/** What exactly will run, and the same launch for a terminal. */
export function CommandPreview({ job, version, runsOnly = false }: Props) {
  const draft = useLaunch((state) => state.draft);
  // Keys do not wait for it.
  const spec = useDeferredValue(useLaunch((state) => state.spec));
  const schema = useLaunch((state) => state.schema);
  const command = useLaunch((state) => state.command);
  const argv = useLaunch((state) => state.plan?.delivery.argv);
  const runs = argv ? formatCommand(argv) : '…';
  const words = launchCommand(job, draft, version, askedSpec({ spec, schema, command }));
  const terminal = formatCommand(words);
  return (
    <dl className={styles.commands}>
      <div>
        <dt>Runs</dt>
        <dd>
          <span className="mono selectable">{runs}</span>
          <CopyButton text={runs} label="Copy the command" />
        </dd>
      </div>
      {!runsOnly && (
        <div>
          <dt>Terminal</dt>
          <dd>
            <span className={`mono selectable ${styles.terminal}`}>{terminal}</span>
            <CopyButton text={terminal} label="Copy terminal command" />
          </dd>
        </div>
      )}
    </dl>
  );
}
