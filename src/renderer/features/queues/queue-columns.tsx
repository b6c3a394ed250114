import { CirclePause, CirclePlay } from 'lucide-react';
import { DEFAULT_QUEUE, type Queue } from '../../../shared/domain/queue.ts';
import { cx } from '../../lib/cx.ts';
import { formatCount } from '../../lib/format.ts';
import { ENGINE_NAMES } from '../../stores/engines.ts';
import type { Column } from '../../ui/grid-model.ts';
import { limitText, resourcesText } from './queue-words.ts';
import styles from './queue.module.css';

function State({ queue }: { queue: Queue }) {
  const paused = queue.pausedAt !== null;
  const Icon = paused ? CirclePause : CirclePlay;
  const word = paused ? 'Paused' : queue.running > 0 ? 'Running' : 'Ready';
  return (
    <span className={cx(styles.state, paused && styles.paused)}>
      <Icon size={14} aria-hidden="true" />
      {word}
    </span>
  );
}

const count = (of: 'waiting' | 'running') => ({
  width: '72px',
  end: true,
  cell: (queue: Queue) => <span className="mono">{formatCount(queue[of])}</span>,
  sort: (a: Queue, b: Queue) => a[of] - b[of],
});

/** The columns of the list of queues. */
export const QUEUE_COLUMNS: Column<Queue>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(128px, 1fr)',
    cell: ({ id, name }) => (
      <span title={name}>
        <strong>{name}</strong>
        {id === DEFAULT_QUEUE && <span className="meta"> always there</span>}
      </span>
    ),
    sort: (a, b) => a.name.localeCompare(b.name),
  },
  {
    id: 'state',
    title: 'State',
    width: '104px',
    cell: (queue) => <State queue={queue} />,
    sort: (a, b) => Number(b.pausedAt !== null) - Number(a.pausedAt !== null),
  },
  { id: 'waiting', title: 'Waiting', ...count('waiting') },
  { id: 'running', title: 'Running', ...count('running') },
  {
    id: 'limit',
    title: 'Limit',
    width: '104px',
    cell: limitText,
    sort: (a, b) => (a.concurrency ?? Infinity) - (b.concurrency ?? Infinity),
  },
  {
    id: 'engine',
    title: 'Engine',
    width: '96px',
    dim: true,
    from: 700,
    cell: ({ engine }) => (engine === null ? 'of the launch' : ENGINE_NAMES[engine]),
  },
  {
    id: 'resources',
    title: 'Its runs get',
    width: 'minmax(96px, 1fr)',
    dim: true,
    from: 860,
    cell: ({ resourceArgs }) => {
      const text = resourcesText(resourceArgs);
      return <span title={text}>{text}</span>;
    },
  },
];
