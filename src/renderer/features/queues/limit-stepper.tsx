import { useEffect, useId, useRef, useState } from 'react';
import { QUEUE_CONCURRENCY, type Queue } from '../../../shared/domain/queue.ts';
import { limitQueue } from '../../commands/queue-actions.ts';
import { NumberInput } from '../../ui/number-input.tsx';
import { readLimit } from './queue-draft.ts';
import styles from './queue.module.css';

/** Steps follow each other quickly: only where they end is kept. ms */
const CALM_MS = 350;

/**
 * How many runs of a queue go at a time, changed in place; empty for no limit. What is typed counts when the
 * field is left or with Enter: half a number, or none on the way to another, would start runs.
 */
export function LimitStepper({ queue }: { queue: Queue }) {
  const id = useId();
  /** As it is typed; null while what is kept is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { concurrency } = queue;
  const shown = typed ?? (concurrency === null ? '' : String(concurrency));
  const limit = readLimit(shown);
  const wrong = limit === undefined;
  useEffect(() => () => clearTimeout(timer.current), []);
  const save = async (next: number | null | undefined): Promise<void> => {
    clearTimeout(timer.current);
    if (next !== undefined && next !== concurrency) await limitQueue(queue, next);
    setTyped(null);
  };
  const step = (by: 1 | -1): void => {
    const from = limit ?? (by > 0 ? 0 : QUEUE_CONCURRENCY);
    const next = Math.min(QUEUE_CONCURRENCY, Math.max(1, from + by));
    setTyped(String(next));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(next), CALM_MS);
  };
  return (
    <form
      className={styles.limit}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) void save(limit);
      }}
    >
      <label htmlFor={id}>At a time</label>
      <NumberInput
        id={id}
        value={shown}
        placeholder="No limit"
        aria-invalid={wrong || undefined}
        title={wrong ? 'A whole number from 1, or nothing for no limit' : undefined}
        onChange={(text) => {
          clearTimeout(timer.current);
          setTyped(text);
        }}
        onStep={step}
        onBlur={() => typed !== null && void save(limit)}
      />
    </form>
  );
}
