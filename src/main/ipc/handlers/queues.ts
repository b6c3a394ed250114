import { QUEUE_TIMELINE } from '../../../shared/domain/queue.ts';
import type { HandlerParts, Handlers } from '../handler-types.ts';

type QueueHandlers = Pick<
  Handlers,
  | 'listQueues'
  | 'getQueue'
  | 'createQueue'
  | 'updateQueue'
  | 'removeQueue'
  | 'pauseQueues'
  | 'moveRuns'
  | 'removeFromQueue'
  | 'waitReasons'
>;

export const queueHandlers = ({
  core: { queues, queueMaker, whileOpen },
}: HandlerParts): QueueHandlers => ({
  listQueues: async () => queues.list(),
  getQueue: async ({ queueId, limit, offset }) =>
    queues.view(queueId, limit, { offset, ended: QUEUE_TIMELINE }),
  createQueue: (choices) => whileOpen((signal) => queueMaker.create(choices, signal)),
  updateQueue: ({ queueId, change }) =>
    whileOpen((signal) => queueMaker.update(queueId, change, signal)),
  removeQueue: async ({ queueId }) => {
    queues.remove(queueId);
    return {};
  },
  pauseQueues: async ({ queueId, paused }) => queues.pause(queueId, paused),
  moveRuns: async (request) => queues.move(request),
  removeFromQueue: async ({ runIds }) => queues.removeRuns(runIds),
  waitReasons: async ({ runIds }) => queues.reasonsOf(runIds),
});
