import { CirclePause, CirclePlay, Ellipsis, ListOrdered } from 'lucide-react';
import { useEffect, useMemo, useRef, type ReactNode, type RefObject } from 'react';
import type { Queue, QueueView } from '../../../shared/domain/queue.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { leaveWaiting, showWaiting } from '../../stores/queue-selection.ts';
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
  scroller: RefObject<HTMLDivElement | null>;
}

function Content({ view, loaded, scroller }: ContentProps) {
  const { queue, waitingOf, running, ended } = view;
  const waits = Object.values(waitingOf).some((count) => count > 0);
  useEffect(() => showWaiting(view), [view]);
  return (
    <>
      {running.length > 0 && (
        <Part title="Running" count={running.length}>
          <RunningList runs={running} />
        </Part>
      )}
      {waits ? (
        <Part title="Waiting" count={queue.waiting}>
          <WaitingList view={view} loaded={loaded} scroller={scroller} />
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
  const scroller = useRef<HTMLDivElement>(null);
  const loaded = useQueueView(route.queueId);
  const { view, error, reload } = loaded;
  // The row is pushed before the rest is read again.
  const queue = useEntities(({ queues }) => queues[route.queueId]) ?? view?.queue;
  useEffect(() => leaveWaiting, []);
  const now = useMemo(() => view && { ...view, queue: queue ?? view.queue }, [view, queue]);
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
        <div ref={scroller} className={page.scroll}>
          <QueueHead view={now} />
          <Content view={now} loaded={loaded} scroller={scroller} />
        </div>
      )}
      {!view && !error && <SkeletonRows label="Reading the queue" />}
    </>
  );
}
