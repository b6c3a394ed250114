import { ListOrdered } from 'lucide-react';
import { useState } from 'react';
import { DEFAULT_QUEUE, type Queue } from '../../../shared/domain/queue.ts';
import { moveRuns } from '../../commands/queue-actions.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { cx } from '../../lib/cx.ts';
import { formatCount } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { useQueueSelection } from '../../stores/queue-selection.ts';
import { queuesInOrder } from '../../stores/selectors.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import { Item } from './sidebar-item.tsx';
import styles from './sidebar.module.css';

/** Queues that are shown by themselves; the others are on their page. */
const SHOWN = 6;

function metaOf({ waiting, running, pausedAt }: Queue): string | undefined {
  if (pausedAt !== null) return waiting > 0 ? `paused, ${formatCount(waiting)}` : 'paused';
  if (waiting > 0) return formatCount(waiting);
  return running > 0 ? 'running' : undefined;
}

function about({ name, waiting, running, pausedAt }: Queue): string {
  const state = pausedAt === null ? '' : ', paused';
  return `Queue ${name}${state}: ${formatCount(waiting)} waiting, ${formatCount(running)} running`;
}

/** Puts the runs that are dragged into a queue. */
function takeDragged(queueId: string): void {
  const { dragged } = useQueueSelection.getState();
  if (dragged.length > 0) void moveRuns(dragged, { queueId });
}

/** One queue; runs that wait in another are dropped on it. By keyboard a command moves them. */
function QueueItem({ queue }: { queue: Queue }) {
  const current = useUi(({ history: { at } }) => at.page === 'queue' && at.queueId === queue.id);
  const takes = useQueueSelection(({ dragged }) => dragged.length > 0) && !current;
  const [over, setOver] = useState(false);
  return (
    <button
      type="button"
      className={cx(
        styles.item,
        styles.sub,
        current && styles.current,
        takes && over && styles.drop,
      )}
      aria-current={current ? 'page' : undefined}
      title={about(queue)}
      onClick={() => navigate({ page: 'queue', queueId: queue.id })}
      onDragOver={(event) => {
        if (!takes) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!takes) return;
        event.preventDefault();
        // The library that drags asks every target to be its own, which would be one stop more for the Tab key.
        event.stopPropagation();
        takeDragged(queue.id);
      }}
    >
      <span className="ellipsis">{queue.name}</span>
      <span className={styles.itemMeta}>{metaOf(queue)}</span>
    </button>
  );
}

const isUsed = ({ waiting, running, pausedAt }: Queue): boolean =>
  waiting + running > 0 || pausedAt !== null;

/** The way to all queues, and each queue once there is something to tell apart. */
export function QueueItems() {
  const queues = useEntities((all) => all.queues);
  const all = queuesInOrder(queues);
  const shown = all.length > 1 || all.some(isUsed) ? all.slice(0, SHOWN) : [];
  const alone = all.length === 1 && all[0]!.id === DEFAULT_QUEUE;
  return (
    <>
      <Item
        command={COMMANDS.goQueues}
        icon={<ListOrdered size={16} />}
        pages={alone && shown.length === 0 ? ['queues', 'queue'] : ['queues']}
      />
      {shown.map((queue) => (
        <QueueItem key={queue.id} queue={queue} />
      ))}
    </>
  );
}
