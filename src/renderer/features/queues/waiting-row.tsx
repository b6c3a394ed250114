import { Ellipsis } from 'lucide-react';
import { Button, GridListItem } from 'react-aria-components';
import type { QueueEntry } from '../../../shared/domain/queue.ts';
import { cx } from '../../lib/cx.ts';
import { formatCount } from '../../lib/format.ts';
import button from '../../ui/button.module.css';
import { MiddleCut } from '../../ui/middle-cut.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { PRIORITY_TITLES } from './queue-words.ts';
import type { WaitingRow } from './waiting-rows.ts';
import styles from './waiting.module.css';

function Head({ row }: { row: WaitingRow & { kind: 'head' } }) {
  return (
    <div className={styles.head}>
      {PRIORITY_TITLES[row.priority]}
      <span className={styles.headCount}>{row.count > 0 ? formatCount(row.count) : 'none'}</span>
      <NoGrip />
    </div>
  );
}

/** A row of such a list has one; there is nothing to drag here. */
const NoGrip = () => <Button slot="drag" className={styles.hidden ?? ''} aria-label="" />;

function Entry({ entry, onMenu }: { entry: QueueEntry; onMenu: (at: DOMRect) => void }) {
  const { run, position, reason } = entry;
  return (
    <div className={styles.entry}>
      <Button slot="drag" className={styles.grip ?? ''} aria-label={`Move ${run.name}`} />
      <span className={styles.position}>{formatCount(position)}</span>
      <span className={styles.name} title={run.name}>
        <MiddleCut text={run.name} />
      </span>
      <span className={styles.job} title={`${run.jobName} v${run.versionNumber}`}>
        {run.jobName} v{run.versionNumber}
      </span>
      <span className={styles.reason} title={[reason.text, reason.next].filter(Boolean).join('. ')}>
        {reason.text}
      </span>
      <span className={styles.since}>
        <RelativeTime at={run.createdAt} />
      </span>
      {/* A plain one: there are many, and each of the library's costs a frame its time. */}
      <button
        type="button"
        aria-label={`Actions for ${run.name}`}
        className={cx(button.button, button.quiet, button.iconOnly, styles.more)}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={({ currentTarget }) => onMenu(currentTarget.getBoundingClientRect())}
      >
        <Ellipsis />
      </button>
    </div>
  );
}

interface Props {
  row: WaitingRow;
  onMenu: (entry: QueueEntry, at: { x: number; y: number }) => void;
}

/** One row of the list of those that wait. */
export function WaitingListRow({ row, onMenu }: Props) {
  const style = { marginTop: row.gap };
  if (row.kind === 'head') {
    return (
      <GridListItem
        id={row.key}
        textValue={`${PRIORITY_TITLES[row.priority]} priority`}
        className={styles.headRow ?? ''}
        style={style}
      >
        <Head row={row} />
      </GridListItem>
    );
  }
  if (row.kind === 'unread') {
    return (
      <GridListItem
        id={row.key}
        textValue="a run that is being read"
        className={styles.row ?? ''}
        style={style}
      >
        <div className={styles.unread}>
          <span />
          <NoGrip />
        </div>
      </GridListItem>
    );
  }
  const { entry } = row;
  return (
    <GridListItem
      id={row.key}
      textValue={entry.run.name}
      aria-label={`${entry.run.name}, ${entry.reason.text}, place ${formatCount(entry.position)}`}
      className={styles.row ?? ''}
      style={style}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(entry, { x: event.clientX, y: event.clientY });
      }}
    >
      <Entry entry={entry} onMenu={({ left, bottom }) => onMenu(entry, { x: left, y: bottom })} />
    </GridListItem>
  );
}
