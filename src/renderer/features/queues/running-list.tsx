import { Square } from 'lucide-react';
import type { Run } from '../../../shared/domain/run.ts';
import { stopRun } from '../../commands/actions.ts';
import { useEntities } from '../../stores/entities.ts';
import { navigate } from '../../stores/ui.ts';
import { IconButton } from '../../ui/button.tsx';
import { MiddleCut } from '../../ui/middle-cut.tsx';
import { RunMark } from '../../ui/state-mark.tsx';
import { RunDuration } from '../../ui/time.tsx';
import styles from './queue.module.css';

function Running({ run: read }: { run: Run }) {
  // As it stands now: what was read of the queue may be a moment older.
  const run = useEntities((all) => all.runs[read.id]) ?? read;
  return (
    <li className={styles.running}>
      <RunMark run={run} />
      <button
        type="button"
        className={styles.open}
        title={run.name}
        onClick={() => navigate({ page: 'run', runId: run.id, tab: 'log' })}
      >
        <MiddleCut text={run.name} />
      </button>
      <span className={styles.job} title={`${run.jobName} v${run.versionNumber}`}>
        {run.jobName} v{run.versionNumber}
      </span>
      <span className={styles.took}>
        <RunDuration run={run} />
      </span>
      <IconButton
        label={run.state === 'stopping' ? `${run.name} is being stopped` : `Stop ${run.name}`}
        icon={<Square fill="currentColor" />}
        disabled={run.state === 'stopping'}
        onClick={() => void stopRun(run)}
      />
    </li>
  );
}

/** The runs that were started from a queue and have not ended. */
export function RunningList({ runs }: { runs: readonly Run[] }) {
  return (
    <ul aria-label="Running runs" className={styles.runningList}>
      {runs.map((run) => (
        <Running key={run.id} run={run} />
      ))}
    </ul>
  );
}
