import { useRef, useState } from 'react';
import type { ErrorData } from '../../shared/errors.ts';
import styles from './rename-field.module.css';

interface Props {
  label: string;
  name: string;
  maxLength: number;
  /** Null when the new name is kept. */
  save: (name: string) => Promise<ErrorData | null>;
  onEnd: () => void;
}

/** A name edited where it stands. Enter and leaving the field save, Esc puts back what was there. */
export function RenameField({ label, name, maxLength, save, onEnd }: Props) {
  const [draft, setDraft] = useState(name);
  const [error, setError] = useState<ErrorData | null>(null);
  const ended = useRef(false);
  const end = (): void => {
    ended.current = true;
    onEnd();
  };
  const finish = async (): Promise<void> => {
    const next = draft.trim();
    if (ended.current) return;
    if (next === '' || next === name) return end();
    const failed = await save(next);
    if (failed) setError(failed);
    else end();
  };
  return (
    <span className={styles.box}>
      <input
        autoFocus
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'rename-error' : undefined}
        value={draft}
        maxLength={maxLength}
        spellCheck={false}
        className={styles.input}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void finish()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') end();
          else if (event.key === 'Enter') void finish();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {error && (
        <span id="rename-error" role="alert" className={styles.error}>
          {error.message}
        </span>
      )}
    </span>
  );
}
