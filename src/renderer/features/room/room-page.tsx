import { HardDrive, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RoomItem, RoomReport } from '../../../shared/domain/room.ts';
import { fileSize } from '../../../shared/units.ts';
import { navigate } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import page from '../frame/page.module.css';
import { Toolbar } from '../frame/toolbar.tsx';
import { CleanUpDialog } from './clean-up-dialog.tsx';
import { RoomBar } from './room-bar.tsx';
import { ITEM_COLUMNS, JOB_COLUMNS } from './room-columns.tsx';
import { useRoom, type RoomState } from './use-room.ts';
import styles from './room.module.css';

const DOING = { measure: 'Measuring what takes room', clean: 'Freeing room' } as const;
/** All rows are in the page. */
const MOST_ITEMS = 100;

const jobKey = ({ jobId }: RoomReport['jobs'][number]): string => jobId;
const itemKey = ({ kind, name }: RoomItem): string => `${kind} ${name}`;

/** Its run, else its job; of nobody's there is nothing more to show. */
function openItem({ runId, jobId }: RoomItem): void {
  if (runId !== null) navigate({ page: 'run', runId, tab: 'overview' });
  else if (jobId !== null) navigate({ page: 'job', jobId, tab: 'runs' });
}

/** What was kept below which budget, and whether it is. */
function Budget({ report: { budgetBytes, total, freeable, keptBudget } }: { report: RoomReport }) {
  if (budgetBytes === 0) return null;
  const over = total - budgetBytes;
  return (
    <p className={over > 0 ? styles.over : 'meta'}>
      {over > 0
        ? `${fileSize(over)} over the budget of ${fileSize(budgetBytes)}`
        : `Within the budget of ${fileSize(budgetBytes)}`}
      {over > freeable && ': even all that can be freed is not enough'}
      {keptBudget && (
        <>
          {' '}
          · freed {fileSize(keptBudget.freed)} <RelativeTime at={keptBudget.at} /> to keep it
        </>
      )}
    </p>
  );
}

function Report({ report, done }: { report: RoomReport; done: RoomState['done'] }) {
  return (
    <div className={`${page.scroll} ${styles.report}`}>
      <section aria-label="All">
        <p className={styles.total}>
          <strong>{fileSize(report.total)}</strong> taken, {fileSize(report.diskFree)} free on the
          disk
        </p>
        <RoomBar report={report} />
        <Budget report={report} />
        {done && (
          <p role="status" className={styles.done}>
            {[done.text, ...done.problems].join('. ')}
          </p>
        )}
      </section>
      {report.jobs.length > 0 && (
        <section aria-label="By job" className={styles.section}>
          <h2 className={page.heading}>By job</h2>
          <DataGrid
            label="Jobs by what they take"
            rows={report.jobs}
            rowKey={jobKey}
            columns={JOB_COLUMNS}
            onOpen={({ jobId }) => navigate({ page: 'job', jobId, tab: 'runs' })}
          />
        </section>
      )}
      {report.items.length > 0 && (
        <section aria-label="Largest" className={styles.section}>
          <h2 className={page.heading}>Largest</h2>
          <DataGrid
            label="The largest things"
            rows={report.items.slice(0, MOST_ITEMS)}
            rowKey={itemKey}
            columns={ITEM_COLUMNS}
            onOpen={openItem}
          />
        </section>
      )}
    </div>
  );
}

/** What takes room on the disk, and what a clean-up would free. */
export default function RoomPage() {
  const room = useRoom();
  const { operation, report, doing, done } = room;
  const [asking, setAsking] = useState(false);
  const freeable = report?.freeable ?? 0;
  return (
    <>
      <Toolbar
        title="Room"
        meta={report && <RelativeTime at={report.measuredAt} />}
        actions={
          <>
            <Button icon={<RotateCw />} disabled={operation.running} onClick={room.measure}>
              Measure again
            </Button>
            <Button
              look="primary"
              icon={<Trash2 />}
              disabled={operation.running || freeable === 0}
              onClick={() => setAsking(true)}
            >
              {freeable > 0 ? `Free ${fileSize(freeable)}…` : 'Nothing to free'}
            </Button>
          </>
        }
      />
      <div className={page.body}>
        {operation.running && (
          <div className={page.note}>
            <Progress
              label={DOING[doing]}
              progress={operation.progress}
              onCancel={operation.cancel}
            />
          </div>
        )}
        {operation.error && (
          <div className={page.note}>
            <ErrorNote error={operation.error} />
          </div>
        )}
        {!report && operation.running && <SkeletonRows label="Measuring" />}
        {!report && !operation.running && (
          <Empty
            icon={<HardDrive size={32} strokeWidth={1.25} />}
            title="What takes room on the disk"
            action={<Button onClick={room.measure}>Measure</Button>}
          >
            Images, environments, code, logs and outputs by job, and what of them nothing needs any
            more.
          </Empty>
        )}
        {report && <Report report={report} done={done} />}
      </div>
      {asking && report && (
        <CleanUpDialog
          report={report}
          onClose={() => setAsking(false)}
          onFree={(kinds) => {
            setAsking(false);
            room.clean(kinds);
          }}
        />
      )}
    </>
  );
}
