import { Trash2 } from 'lucide-react';
import type { Run } from '../../../shared/domain/run.ts';
import { restoreRuns } from '../../commands/mark-actions.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import styles from './run.module.css';

/** Tells that the run is in the bin, and gets it out. */
export function BinnedNote({ run }: { run: Run }) {
  if (run.binnedAt === null) return null;
  return (
    <p role="status" className={styles.binned}>
      <Trash2 size={16} aria-hidden="true" />
      <span>
        In the bin since <RelativeTime at={run.binnedAt} />
      </span>
      <Button onClick={() => void restoreRuns([run])}>Restore</Button>
    </p>
  );
}
