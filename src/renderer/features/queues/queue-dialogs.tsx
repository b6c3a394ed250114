import { useEntities } from '../../stores/entities.ts';
import type { QueueAsking } from '../../stores/queue-selection.ts';
import { QueueDialog } from './queue-dialog.tsx';
import { MoveDialog, TimeDialog } from './waiting-dialogs.tsx';

function Change({ queueId }: { queueId: string }) {
  const queue = useEntities((all) => all.queues[queueId]);
  return queue ? <QueueDialog queue={queue} /> : null;
}

/** What is asked about queues and the runs in them, over any page. */
export default function QueueDialogs({ asking }: { asking: QueueAsking }) {
  switch (asking.kind) {
    case 'new':
      return <QueueDialog queue={null} />;
    case 'edit':
      return <Change queueId={asking.queueId} />;
    case 'time':
      return <TimeDialog runs={asking.runs} />;
    case 'move':
      return <MoveDialog runs={asking.runs} />;
  }
}
