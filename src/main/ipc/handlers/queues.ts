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

export const queueHandlers = ({ core: { queues } }: HandlerParts): QueueHandlers => ({
  listQueues: async () => queues.list(),
  getQueue: async ({ queueId, limit, offset }) => queues.view(queueId, limit, offset),
  createQueue: async (choices) => queues.create(choices),
  updateQueue: async ({ queueId, change }) => queues.update(queueId, change),
  removeQueue: async ({ queueId }) => {
    queues.remove(queueId);
    return {};
  },
  pauseQueues: async ({ queueId, paused }) => queues.pause(queueId, paused),
  moveRuns: async (request) => queues.move(request),
  removeFromQueue: async ({ runIds }) => queues.removeRuns(runIds),
  waitReasons: async ({ runIds }) => queues.reasonsOf(runIds),
});
