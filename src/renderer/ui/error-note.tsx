import { CircleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ErrorData } from '../../shared/errors.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import styles from './error-note.module.css';

/** What copying an error gives: all of it, with its code, ready for a report. */
export const errorText = (error: ErrorData): string =>
  [`${error.code}: ${error.message}`, error.next, error.detail].filter(Boolean).join('\n');

interface Props {
  error: ErrorData;
  /** What to do right here, such as "Try again". */
  action?: ReactNode;
  /** The detail is what matters: shown from the start. */
  detailOpen?: boolean;
}

/** An error in its place: what happened, what to do next, the detail one click away. */
export function ErrorNote({ error, action, detailOpen = false }: Props) {
  const [open, setOpen] = useState(detailOpen);
  return (
    <div role="alert" className={styles.note}>
      <CircleAlert size={16} aria-hidden="true" className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.message}>{error.message}</p>
        {error.next && <p className={styles.next}>{error.next}</p>}
        <div className={styles.actions}>
          {action}
          {error.detail && (
            <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? 'Hide detail' : 'Show detail'}
            </Button>
          )}
          <CopyButton text={errorText(error)} label="Copy error" words="Copy" />
        </div>
        {open && <pre className={`selectable mono ${styles.detail}`}>{error.detail}</pre>}
      </div>
    </div>
  );
}
