import { useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { markRuns } from '../../commands/mark-actions.ts';
import { cx } from '../../lib/cx.ts';
import { editRun, endEditing, useIsEdited } from '../../stores/run-editing.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import page from '../frame/page.module.css';
import styles from './marks.module.css';

const LIMIT = 20_000;
const MOST_ROWS = 20;

function Editor({ run }: { run: Run }) {
  const [draft, setDraft] = useState(run.notes);
  const [error, setError] = useState<ErrorData | null>(null);
  const save = async (): Promise<void> => {
    const failed = draft === run.notes ? null : await markRuns([run], { notes: draft });
    setError(failed);
    if (!failed) endEditing();
  };
  return (
    <>
      <textarea
        autoFocus
        aria-label="Notes"
        value={draft}
        maxLength={LIMIT}
        rows={Math.min(MOST_ROWS, Math.max(3, draft.split('\n').length))}
        className={styles.notesEditor}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') endEditing();
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

/** What a person wrote about a run. Leaving the field saves, Esc puts back what was there. */
export function Notes({ run }: { run: Run }) {
  const editing = useIsEdited(run.id, 'notes');
  return (
    <section aria-label="About this run" className={page.section}>
      <h2 className={page.heading}>Notes</h2>
      {editing ? (
        <Editor run={run} />
      ) : (
        <button
          type="button"
          aria-label="Edit notes"
          className={cx(styles.notes, !run.notes && styles.noNotes)}
          onClick={() => editRun(run.id, 'notes')}
        >
          {run.notes || 'Add notes: what you tried, and what came of it'}
        </button>
      )}
    </section>
  );
}
