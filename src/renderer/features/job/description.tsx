import { useState } from 'react';
import type { Job } from '../../../shared/domain/job.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { cx } from '../../lib/cx.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import styles from './job.module.css';

/** A job's description, edited in place. Leaving the field saves, Esc puts back what was there. */
export function Description({ job }: { job: Job }) {
  // Null: not being edited, so what the database says is shown.
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);

  const save = async (): Promise<void> => {
    if (draft === null || draft === job.description) return setDraft(null);
    const result = await call('describeJob', { jobId: job.id, description: draft });
    setError(result.ok ? null : result.error);
    if (result.ok) setDraft(null);
  };

  if (draft === null) {
    return (
      <button
        type="button"
        aria-label="Edit description"
        className={cx(styles.description, !job.description && styles.noDescription)}
        onClick={() => setDraft(job.description)}
      >
        {job.description || 'Add a description'}
      </button>
    );
  }
  return (
    <>
      <textarea
        autoFocus
        aria-label="Description"
        value={draft}
        maxLength={20_000}
        rows={Math.min(16, Math.max(3, draft.split('\n').length))}
        className={styles.editor}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(null);
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {error && <ErrorNote error={error} />}
    </>
  );
}
