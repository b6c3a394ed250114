import { useState } from 'react';
import type { ErrorData } from '../../shared/errors.ts';
import { cx } from '../lib/cx.ts';
import { ErrorNote } from './error-note.tsx';
import styles from './long-text.module.css';

/** The contract's longest, in UTF-16 units. */
const LIMIT = 20_000;
const MOST_ROWS = 20;

interface EditorProps {
  /** What it is, as in "Notes". */
  label: string;
  /** As it is kept. */
  text: string;
  /** Keeps another text; resolves to why it could not. */
  onSave: (text: string) => Promise<ErrorData | null>;
  /** It was kept, or is left as it was. */
  onEnd: () => void;
}

function Editor({ label, text, onSave, onEnd }: EditorProps) {
  const [draft, setDraft] = useState(text);
  const [error, setError] = useState<ErrorData | null>(null);
  const save = async (): Promise<void> => {
    const failed = draft === text ? null : await onSave(draft);
    setError(failed);
    if (!failed) onEnd();
  };
  return (
    <>
      <textarea
        autoFocus
        aria-label={label}
        value={draft}
        maxLength={LIMIT}
        rows={Math.min(MOST_ROWS, Math.max(3, draft.split('\n').length))}
        className={styles.editor}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onEnd();
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

interface Props extends EditorProps {
  /** What is said while there is no text. */
  placeholder: string;
  editing: boolean;
  onEdit: () => void;
}

/** A text of several lines, edited in place. Leaving the field saves, Esc puts back what was there. */
export function LongText({ placeholder, editing, onEdit, ...editor }: Props) {
  if (editing) return <Editor {...editor} />;
  const { label, text } = editor;
  return (
    <button
      type="button"
      aria-label={`Edit ${label.toLowerCase()}`}
      className={cx(styles.text, !text && styles.none)}
      onClick={onEdit}
    >
      {text || placeholder}
    </button>
  );
}
