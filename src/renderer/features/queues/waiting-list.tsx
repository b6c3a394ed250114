import { Ellipsis, GripVertical } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  Button,
  GridList,
  GridListItem,
  useDragAndDrop,
  type ItemDropTarget,
  type Selection,
} from 'react-aria-components';
import type { QueueEntry } from '../../../shared/domain/queue.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { moveRuns } from '../../commands/queue-actions.ts';
import { cx } from '../../lib/cx.ts';
import { formatCount } from '../../lib/format.ts';
import { chooseWaiting, dragWaiting, useQueueSelection } from '../../stores/queue-selection.ts';
import { navigate } from '../../stores/ui.ts';
import { ActionMenu } from '../../ui/action-menu.tsx';
import button from '../../ui/button.module.css';
import { RelativeTime } from '../../ui/time.tsx';
import { PRIORITY_TITLES } from './queue-words.ts';
import { waitingActions } from './waiting-menu.ts';
import { afterMove, targetOf, waitingRows, type WaitingRow } from './waiting-rows.ts';
import styles from './waiting.module.css';

interface Props {
  waiting: readonly QueueEntry[];
  /** Shows the order that a move will come to, before it is answered. */
  onReorder: (waiting: readonly QueueEntry[]) => void;
  /** Told when a move was answered. */
  onMoved: () => void;
}

function useReordering(rows: readonly WaitingRow[], { waiting, onReorder, onMoved }: Props) {
  const move = async (keys: ReadonlySet<string>, { key, dropPosition }: ItemDropTarget) => {
    const side = dropPosition === 'before' ? 'before' : 'after';
    const target = targetOf(rows, { key: String(key), side }, keys);
    if (!target) return;
    const runs = waiting.filter(({ run }) => keys.has(run.id)).map(({ run }) => run);
    onReorder(afterMove(waiting, keys, target));
    const { before, priority } = target;
    await moveRuns(runs, before === null ? { priority, before } : { before });
    onMoved();
  };
  return useDragAndDrop({
    // Nothing for other programs, nor for the text fields of the window.
    getItems: (keys) => [...keys].map((key) => ({ 'slipway-run': String(key) })),
    onDragStart: ({ keys }) => dragWaiting([...keys].map(String)),
    onDragEnd: () => dragWaiting([]),
    getAllowedDropOperations: () => ['move'],
    onReorder: ({ keys, target }) => void move(new Set([...keys].map(String)), target),
  });
}

function Head({ row }: { row: WaitingRow & { kind: 'head' } }) {
  return (
    <div className={styles.head}>
      {PRIORITY_TITLES[row.priority]}
      <span className={styles.headCount}>{row.count > 0 ? formatCount(row.count) : 'none'}</span>
      {/* A row of such a list has one; there is nothing to drag here. */}
      <Button slot="drag" className={styles.hidden ?? ''} aria-label="" />
    </div>
  );
}

function Entry({ entry, onMenu }: { entry: QueueEntry; onMenu: (at: DOMRect) => void }) {
  const { run, position, reason } = entry;
  return (
    <div className={styles.entry}>
      <Button slot="drag" className={styles.grip ?? ''} aria-label={`Move ${run.name}`}>
        <GripVertical size={14} aria-hidden="true" />
      </Button>
      <span className={styles.position}>{formatCount(position)}</span>
      <span className={styles.name} title={run.name}>
        {run.name}
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
      <Button
        aria-label={`Actions for ${run.name}`}
        className={cx(button.button, button.quiet, button.iconOnly, styles.more)}
        onPress={({ target }) => onMenu(target.getBoundingClientRect())}
      >
        <Ellipsis />
      </Button>
    </div>
  );
}

/** The runs that wait, by priority and place; dragged, with mouse or keyboard, they get another. */
export function WaitingList(props: Props) {
  const { waiting } = props;
  const rows = useMemo(() => waitingRows(waiting), [waiting]);
  const { dragAndDropHooks } = useReordering(rows, props);
  const chosen = useQueueSelection((state) => state.chosen);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const heads = useMemo(
    () => rows.filter(({ kind }) => kind === 'head').map(({ key }) => key),
    [rows],
  );
  const select = (selection: Selection): void =>
    chooseWaiting(
      selection === 'all' ? waiting.map(({ run }) => run.id) : [...selection].map(String),
    );
  const openMenu = (id: string, at: { x: number; y: number }): void => {
    if (!useQueueSelection.getState().chosen.has(id)) chooseWaiting([id]);
    setMenu(at);
  };
  return (
    <>
      <GridList
        aria-label="Waiting runs"
        items={rows}
        className={styles.list ?? ''}
        selectionMode="multiple"
        selectionBehavior="replace"
        selectedKeys={chosen}
        onSelectionChange={select}
        disabledKeys={heads}
        disabledBehavior="all"
        dragAndDropHooks={dragAndDropHooks}
        onAction={(key) => navigate({ page: 'run', runId: String(key), tab: 'log' })}
      >
        {(row) =>
          row.kind === 'head' ? (
            <GridListItem
              id={row.key}
              textValue={`${PRIORITY_TITLES[row.priority]} priority`}
              className={styles.headRow ?? ''}
            >
              <Head row={row} />
            </GridListItem>
          ) : (
            <GridListItem
              id={row.key}
              textValue={row.entry.run.name}
              aria-label={`${row.entry.run.name}, ${row.entry.reason.text}`}
              className={styles.row ?? ''}
              onContextMenu={(event) => {
                event.preventDefault();
                openMenu(row.key, { x: event.clientX, y: event.clientY });
              }}
            >
              <Entry
                entry={row.entry}
                onMenu={({ left, bottom }) => openMenu(row.key, { x: left, y: bottom })}
              />
            </GridListItem>
          )
        }
      </GridList>
      {menu && (
        <ActionMenu
          label="Actions for waiting runs"
          at={menu}
          groups={waitingActions(COMMANDS)}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
