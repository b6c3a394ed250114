import type { ReactNode } from 'react';
import type { Result } from '../../../shared/result.ts';
import { useOperation } from '../../bridge/use-operation.ts';
import { notify } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import styles from './job.module.css';

interface Props<T> {
  icon: ReactNode;
  words: string;
  title: string;
  /** What is being done while it runs. */
  doing: string;
  /** Null when the person cancelled the system's dialog. */
  request: (operationId: string) => Promise<Result<T | null>>;
  /** What was done, in words. */
  done: (value: T) => string;
}

/** A button that asks where to, and then writes. */
export function SaveVersion<T>({ icon, words, title, doing, request, done }: Props<T>) {
  const operation = useOperation();
  const save = async (): Promise<void> => {
    const value = await operation.run(request);
    if (value !== null) notify(done(value));
  };
  return (
    <>
      {/* Before the first progress the system's dialog is open, which has its own cancel. */}
      {operation.running && operation.progress ? (
        <div className={styles.writing}>
          <Progress label={doing} progress={operation.progress} onCancel={operation.cancel} />
        </div>
      ) : (
        <Button icon={icon} disabled={operation.running} onClick={() => void save()} title={title}>
          {words}
        </Button>
      )}
      {operation.error && (
        <div className={styles.writeError}>
          <ErrorNote error={operation.error} />
        </div>
      )}
    </>
  );
}
