import { CirclePause, CirclePlay, Ellipsis, ListOrdered } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Queue, QueueView } from '../../../shared/domain/queue.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { clearWaiting, showWaiting } from '../../stores/queue-selection.ts';
import type { Route } from '../../stores/route.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { CommandMenu } from '../../ui/command-menu.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import page from '../frame/page.module.css';
import { Toolbar } from '../frame/toolbar.tsx';
import { QueueHead } from './queue-head.tsx';
import { QueueTimeline } from './queue-timeline.tsx';
import { RunningList } from './running-list.tsx';
import { useQueueView, type LoadedQueue } from './use-queue-view.ts';
import { WaitingList } from './waiting-list.tsx';
import styles from './queue.module.css';

/** Runs that wait which are read at first, and each time more are asked for: all rows are in the page. */
const STEP = 100;
const MOST = 1000;

const QUEUES = { title: 'Queues', route: { page: 'queues' } as const };

const MENU = [
  [COMMANDS.editQueue, COMMANDS.newQueue],
  [COMMANDS.pauseQueues, COMMANDS.resumeQueues],
  [COMMANDS.removeQueue],
] as const;

function Actions({ queue }: { queue: Queue }) {
  return (
    <>
      <CommandMenu label="More actions" icon={<Ellipsis />} groups={MENU} />
      {queue.pausedAt === null ? (
        <CommandButton command={COMMANDS.pauseQueue} icon={<CirclePause />}>
          Pause
        </CommandButton>
      ) : (
        <CommandButton command={COMMANDS.resumeQueue} look="primary" icon={<CirclePlay />}>
          Resume
        </CommandButton>
      )}
    </>
  );
}

interface PartProps {
  title: string;
  count?: number;
  children: ReactNode;
}

function Part({ title, count, children }: PartProps) {
  return (
    <section aria-label={title} className={styles.part}>
      <h2 className={styles.title}>
        {title} {count !== undefined && <span className="meta">{formatCount(count)}</span>}
      </h2>
      {children}
    </section>
  );
}

function NothingWaits({ view: { queue, running } }: { view: QueueView }) {
  return (
    <Empty
      {...(running.length === 0 && { icon: <ListOrdered size={32} strokeWidth={1.25} /> })}
      title={`Nothing waits in ${queue.name}`}
    >
      A queue starts its runs one after the other, as soon as its limit and the memory and
      processors that are free allow it. To put a run here, open Launch… of a job, and choose{' '}
      <strong>In a queue</strong> at “Start”; in a terminal:{' '}
      <code className="mono selectable">slipway launch … -q {queue.name}</code>
    </Empty>
  );
}

interface ContentProps {
  view: QueueView;
  loaded: LoadedQueue;
  onMore: (() => void) | null;
}

function Content({ view, loaded, onMore }: ContentProps) {
  const { queue, waiting, running, ended } = view;
  const more = queue.waiting - waiting.length;
  useEffect(() => showWaiting(waiting), [waiting]);
  return (
    <>
      {running.length > 0 && (
        <Part title="Running" count={running.length}>
          <RunningList runs={running} />
        </Part>
      )}
      {waiting.length > 0 ? (
        <Part title="Waiting" count={queue.waiting}>
          <WaitingList waiting={waiting} onReorder={loaded.reorder} onMoved={loaded.reload} />
          {more > 0 && (
            <p className={styles.more}>
              and {plural(more, 'more run')}
              {onMore && (
                <Button look="quiet" onClick={onMore}>
                  Show more
                </Button>
              )}
            </p>
          )}
        </Part>
      ) : (
        <NothingWaits view={view} />
      )}
      {running.length + ended.length > 0 && (
        <Part title="Last runs">
          <QueueTimeline view={view} />
        </Part>
      )}
    </>
  );
}

/** One queue: what waits in it and why, what runs, and what has ended. */
export default function QueuePage({ route }: { route: Route & { page: 'queue' } }) {
  const [limit, setLimit] = useState(STEP);
  const loaded = useQueueView(route.queueId, limit);
  const { view, error, reload } = loaded;
  // The row is pushed before the rest is read again.
  const queue = useEntities(({ queues }) => queues[route.queueId]) ?? view?.queue;
  useEffect(
    () => () => {
      showWaiting([]);
      clearWaiting();
    },
    [],
  );
  const now = view && { ...view, queue: queue ?? view.queue };
  return (
    <>
      <Toolbar
        title={queue?.name ?? 'Queue'}
        parent={QUEUES}
        meta={queue && (queue.pausedAt === null ? undefined : 'paused')}
        actions={queue && <Actions queue={queue} />}
      />
      {error && (
        <div className={page.note}>
          <ErrorNote error={error} action={<Button onClick={reload}>Try again</Button>} />
        </div>
      )}
      {now && !error && (
        <div className={page.scroll}>
          <QueueHead view={now} />
          <Content
            view={now}
            loaded={loaded}
            onMore={limit < MOST ? () => setLimit(limit + STEP) : null}
          />
        </div>
      )}
      {!view && !error && <SkeletonRows label="Reading the queue" />}
    </>
  );
}
