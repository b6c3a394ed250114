import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { QUEUE_CONCURRENCY, type Queue } from '../../../shared/domain/queue.ts';
import { limitQueue } from '../../commands/queue-actions.ts';
import { NumberInput } from '../../ui/number-input.tsx';
import { Switch } from '../../ui/switch.tsx';
import { LIMIT_WORDS, readLimit } from './read-queue.ts';
import styles from './queue.module.css';

/** Steps follow each other quickly: only where they end is kept. ms */
const CALM_MS = 350;

/** The limit while it is typed: what is shown, and when it is kept. */
function useLimit(queue: Queue) {
  /** As it is typed; null while what is kept is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { concurrency } = queue;
  const shown = typed ?? (concurrency === null ? '' : String(concurrency));
  const limit = readLimit(shown);
  useEffect(() => () => clearTimeout(timer.current), []);
  const save = async (next: number | null | undefined): Promise<void> => {
    clearTimeout(timer.current);
    if (next !== undefined && next !== concurrency) await limitQueue(queue, next);
    setTyped(null);
  };
  const type = (text: string | null): void => {
    clearTimeout(timer.current);
    setTyped(text);
  };
  const step = (by: 1 | -1): void => {
    const from = limit ?? (by > 0 ? 0 : QUEUE_CONCURRENCY);
    const next = Math.min(QUEUE_CONCURRENCY, Math.max(1, from + by));
    type(String(next));
    timer.current = setTimeout(() => void save(next), CALM_MS);
  };
  // Nothing typed is no answer: without a limit all that waits would start.
  const keep = (): void => void (typed !== null && save(limit ?? undefined));
  return { typed, shown, wrong: limit === undefined, save, type, step, keep };
}

/**
 * How many runs of a queue go at a time, changed in place. What is typed counts when the field is left or with
 * Enter: half a number would start runs. An empty field is as it was before; that there is no limit is said by
 * the switch alone.
 */
export function LimitStepper({ queue }: { queue: Queue }) {
  const id = useId();
  const { typed, shown, wrong, save, type, step, keep } = useLimit(queue);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || typed === null) return;
    event.preventDefault();
    type(null);
  };
  return (
    <form
      className={styles.limit}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) keep();
      }}
    >
      <label htmlFor={id}>At a time</label>
      <NumberInput
        id={id}
        value={shown}
        placeholder={queue.concurrency === null ? 'All' : String(queue.concurrency)}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onKeyDown={onKeyDown}
        onChange={type}
        onStep={step}
        onBlur={keep}
      />
      <Switch
        on={queue.concurrency === null}
        onChange={(none) => void save(none ? null : Math.max(1, queue.running))}
      >
        No limit
      </Switch>
      {wrong && (
        <p id={`${id}-wrong`} role="alert" className={styles.wrong}>
          {LIMIT_WORDS}
        </p>
      )}
    </form>
  );
}
