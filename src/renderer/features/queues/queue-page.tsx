import type { Route } from '../../stores/route.ts';
import { useEntities } from '../../stores/entities.ts';
import { Toolbar } from '../frame/toolbar.tsx';

/** One queue: what waits in it and why, what runs, and what has ended. */
export default function QueuePage({ route }: { route: Route & { page: 'queue' } }) {
  const queue = useEntities(({ queues }) => queues[route.queueId]);
  return <Toolbar title={queue?.name ?? 'Queue'} />;
}
