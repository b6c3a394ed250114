import { useEffect, useId, useState } from 'react';
import { QUEUE_CONCURRENCY, type Queue } from '../../../shared/domain/queue.ts';
import { limitQueue } from '../../commands/queue-actions.ts';
import { NumberInput } from '../../ui/number-input.tsx';
import { readLimit } from './queue-draft.ts';
import styles from './queue.module.css';

/** Steps follow each other quickly: only where they end is kept. ms */
const CALM_MS = 350;

/** How many runs of a queue go at a time, changed in place; empty for no limit. */
export function LimitStepper({ queue }: { queue: Queue }) {
  const id = useId();
  /** As it is typed; null while what is kept is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const { concurrency } = queue;
  const shown = typed ?? (concurrency === null ? '' : String(concurrency));
  const limit = readLimit(shown);
  const wrong = limit === undefined;
  useEffect(() => {
    if (typed === null || wrong) return undefined;
    const timer = setTimeout(() => {
      const kept = limit === concurrency ? Promise.resolve() : limitQueue(queue, limit);
      void kept.finally(() => setTyped(null));
    }, CALM_MS);
    return () => clearTimeout(timer);
  }, [typed, wrong, limit, concurrency, queue]);
  const step = (by: 1 | -1): void => {
    const from = limit ?? (by > 0 ? 0 : QUEUE_CONCURRENCY);
    setTyped(String(Math.min(QUEUE_CONCURRENCY, Math.max(1, from + by))));
  };
  return (
    <span className={styles.limit}>
      <label htmlFor={id}>At a time</label>
      <NumberInput
        id={id}
        value={shown}
        placeholder="No limit"
        aria-invalid={wrong || undefined}
        title={wrong ? 'A whole number from 1, or nothing for no limit' : undefined}
        onChange={setTyped}
        onStep={step}
        onBlur={() => wrong && setTyped(null)}
      />
    </span>
  );
}
