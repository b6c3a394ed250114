import type { HandlerParts, Handlers } from '../handler-types.ts';

export const queueHandlers = ({ core: { repos } }: HandlerParts): Pick<Handlers, 'listQueues'> => ({
  listQueues: async () => repos.queues.list(),
});
