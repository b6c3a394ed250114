import { Toolbar } from '../frame/toolbar.tsx';

/** Every queue, with what waits and runs. */
export default function QueuesPage() {
  return <Toolbar title="Queues" />;
}
