import { CirclePause, TriangleAlert } from 'lucide-react';
import type { QueueView } from '../../../shared/domain/queue.ts';
import { executorText } from '../../../shared/executor-text.ts';
import { plural } from '../../lib/format.ts';
import { ENGINE_NAMES } from '../../stores/engines.ts';
import { RelativeTime } from '../../ui/time.tsx';
import { LimitStepper } from './limit-stepper.tsx';
import { resourcesText } from './queue-words.ts';
import styles from './queue.module.css';

/** Why nothing of the queue is started, where that is so. */
function Note({ view: { queue, executor } }: { view: QueueView }) {
  if (queue.pausedAt !== null) {
    return (
      <div role="status" className={styles.note}>
        <CirclePause size={16} aria-hidden="true" />
        <p>
          Paused <RelativeTime at={queue.pausedAt} />. What runs goes on; nothing more is started.
        </p>
      </div>
    );
  }
  if (executor.kind !== null || queue.waiting === 0) return null;
  return (
    <div role="status" className={styles.note}>
      <TriangleAlert size={16} aria-hidden="true" />
      <p>
        Nothing executes queues now. It begins within seconds while this window is open; without it,
        run <code className="mono selectable">slipway serve</code>.
      </p>
    </div>
  );
}

/** How a queue stands and what it does with its runs, the limit to be changed in place. */
export function QueueHead({ view }: { view: QueueView }) {
  const { queue, executor } = view;
  const resources = resourcesText(queue.resourceArgs);
  const variables = Object.keys(queue.variables);
  return (
    <section aria-label="Queue" className={styles.headSection}>
      <Note view={view} />
      <div className={styles.facts}>
        <LimitStepper queue={queue} />
        <span>
          {queue.engine === null
            ? 'On the engine of the launch'
            : `On ${ENGINE_NAMES[queue.engine]}`}
        </span>
        {executor.kind && <span>Executed by {executorText(executor)}</span>}
        {resources && (
          <span className={`mono ${styles.resources}`} title={`Its runs get ${resources}`}>
            {resources}
          </span>
        )}
        {variables.length > 0 && (
          <span title={variables.join(', ')}>asks for {plural(variables.length, 'variable')}</span>
        )}
      </div>
    </section>
  );
}
