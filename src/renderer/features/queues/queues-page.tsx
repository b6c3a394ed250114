import { CirclePause, CirclePlay, ListOrdered, Plus } from 'lucide-react';
import { useMemo } from 'react';
import type { Queue } from '../../../shared/domain/queue.ts';
import { isEnabled } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { plural } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { queuesInOrder } from '../../stores/selectors.ts';
import { navigate } from '../../stores/ui.ts';
import { CommandButton } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import { Empty } from '../../ui/empty.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import page from '../frame/page.module.css';
import { Toolbar } from '../frame/toolbar.tsx';
import { QUEUE_COLUMNS } from './queue-columns.tsx';

const keyOf = ({ id }: Queue): string => id;
const open = ({ id }: Queue): void => navigate({ page: 'queue', queueId: id });

/** Every queue, with what waits and runs. */
export default function QueuesPage() {
  const queues = useEntities((all) => all.queues);
  const loading = useEntities((all) => all.status === 'loading');
  const all = useMemo(() => queuesInOrder(queues), [queues]);
  return (
    <>
      <Toolbar
        title="Queues"
        meta={all.length > 0 && plural(all.length, 'queue')}
        actions={
          <>
            {isEnabled(COMMANDS.resumeQueues) && (
              <CommandButton command={COMMANDS.resumeQueues} icon={<CirclePlay />}>
                Resume all
              </CommandButton>
            )}
            {isEnabled(COMMANDS.pauseQueues) && (
              <CommandButton command={COMMANDS.pauseQueues} icon={<CirclePause />}>
                Pause all
              </CommandButton>
            )}
            <CommandButton command={COMMANDS.newQueue} look="primary" icon={<Plus />}>
              New queue
            </CommandButton>
          </>
        }
      />
      <div className={page.body}>
        {loading && <SkeletonRows label="Reading queues" rows={2} />}
        {all.length > 0 && (
          <DataGrid
            label="Queues"
            rows={all}
            rowKey={keyOf}
            columns={QUEUE_COLUMNS}
            onOpen={open}
          />
        )}
        {!loading && all.length < 2 && (
          <Empty
            icon={<ListOrdered size={32} strokeWidth={1.25} />}
            title="Runs, one after the other"
            action={<CommandButton command={COMMANDS.newQueue}>Make another queue</CommandButton>}
          >
            A queue holds runs and starts them as its limit and the memory and processors that are
            free allow. One is always there; make others for what should not wait for each other,
            such as short checks beside long trainings, or for runs that need a GPU.
          </Empty>
        )}
      </div>
    </>
  );
}
