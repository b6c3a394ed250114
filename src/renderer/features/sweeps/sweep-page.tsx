import { RotateCcw, Square } from 'lucide-react';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import { plural } from '../../lib/format.ts';
import type { Route } from '../../stores/route.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import page from '../frame/page.module.css';
import { Toolbar } from '../frame/toolbar.tsx';
import { activeCount, failedCount } from './cells.ts';
import { StatesBar } from './states-bar.tsx';
import { rerunFailed, stopSweep } from './sweep-actions.ts';
import { SweepResults } from './sweep-results.tsx';
import { planWords } from './sweep-words.ts';
import { useSweep } from './use-sweep.ts';
import styles from './sweep.module.css';

type SweepRoute = Extract<Route, { page: 'sweep' }>;

const parentOf = (sweep: Sweep | undefined) =>
  sweep
    ? {
        title: sweep.jobName,
        route: { page: 'job', jobId: sweep.jobId, tab: 'sweeps' } as const,
      }
    : { title: 'Jobs', route: { page: 'jobs' } as const };

function Actions({ sweep }: { sweep: Sweep }) {
  const failed = failedCount(sweep.states);
  const active = activeCount(sweep.states);
  const stopping = sweep.stopRequestedAt !== null && active > 0;
  return (
    <>
      {failed > 0 && (
        <Button
          look={active > 0 ? 'plain' : 'primary'}
          icon={<RotateCcw />}
          onClick={() => void rerunFailed(sweep)}
        >
          Run failed again ({failed})
        </Button>
      )}
      {active > 0 && (
        <Button
          look="primary"
          icon={<Square fill="currentColor" />}
          disabled={stopping}
          onClick={() => void stopSweep(sweep)}
        >
          {stopping ? 'Stopping…' : 'Stop'}
        </Button>
      )}
    </>
  );
}

function Facts({ sweep }: { sweep: Sweep }) {
  return (
    <p className={styles.facts}>
      <span>{planWords(sweep.plan, sweep.cells)}</span>
      <span>{sweep.concurrency === 1 ? 'one at a time' : `${sweep.concurrency} at a time`}</span>
      <span>
        <RelativeTime at={sweep.createdAt} />
      </span>
    </p>
  );
}

/** One sweep: how its cells stand, and which did best. */
export default function SweepPage({ route }: { route: SweepRoute }) {
  const { sweep, cells, error, reload } = useSweep(route.sweepId);
  return (
    <>
      <Toolbar
        title={sweep?.name ?? 'Sweep'}
        parent={parentOf(sweep)}
        meta={sweep && `v${sweep.versionNumber}, ${plural(sweep.cells, 'cell')}`}
        actions={sweep && <Actions sweep={sweep} />}
      />
      {error && (
        <div className={page.note}>
          <ErrorNote error={error} action={<Button onClick={reload}>Try again</Button>} />
        </div>
      )}
      {sweep && (
        <section aria-label="State" className={styles.header}>
          <StatesBar states={sweep.states}>
            <Facts sweep={sweep} />
          </StatesBar>
        </section>
      )}
      {sweep && cells.length > 0 && <SweepResults sweep={sweep} cells={cells} />}
      {!error && cells.length === 0 && <SkeletonRows label="Reading the sweep" />}
    </>
  );
}
