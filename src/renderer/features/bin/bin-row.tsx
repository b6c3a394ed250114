import { Trash2, Undo2 } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { ErrorData } from '../../../shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import styles from './bin.module.css';

interface ConfirmProps {
  /** What goes with it, as one sentence. */
  sentence: string;
  onDelete: () => Promise<ErrorData | null>;
  onKeep: () => void;
}

/** The one question before something goes for good, where it stands. */
export function Confirm({ sentence, onDelete, onKeep }: ConfirmProps) {
  const [error, setError] = useState<ErrorData | null>(null);
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    const failed = await onDelete();
    setBusy(false);
    setError(failed);
    if (!failed) onKeep();
  };
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onKeep();
  };
  return (
    <div role="group" aria-label="Delete for good?" className={styles.confirm}>
      <p>{sentence} This cannot be undone.</p>
      <Button autoFocus onKeyDown={onEscape} onClick={onKeep}>
        Keep
      </Button>
      <Button
        className={styles.delete}
        icon={<Trash2 />}
        disabled={busy}
        onKeyDown={onEscape}
        onClick={() => void remove()}
      >
        Delete for good
      </Button>
      {error && <ErrorNote error={error} />}
    </div>
  );
}

interface Props {
  mark: ReactNode;
  name: string;
  /** Where it belongs, what it is. */
  meta: string;
  binnedAt: number;
  sentence: string;
  onRestore: () => void;
  onDelete: () => Promise<ErrorData | null>;
}

/** Something in the bin: back with one click, gone for good with two. */
export function BinRow({ mark, name, meta, binnedAt, sentence, onRestore, onDelete }: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        {mark}
        <span className={`ellipsis ${styles.name}`} title={name}>
          {name}
        </span>
        <span className={`ellipsis ${styles.meta}`}>{meta}</span>
        <span className={styles.when}>
          <RelativeTime at={binnedAt} />
        </span>
        <Button look="quiet" icon={<Undo2 />} aria-label={`Restore ${name}`} onClick={onRestore}>
          Restore
        </Button>
        <Button
          look="quiet"
          icon={<Trash2 />}
          aria-label={`Delete ${name} for good`}
          title="Delete for good"
          aria-expanded={asking}
          onClick={() => setAsking(!asking)}
        />
      </div>
      {asking && (
        <Confirm sentence={sentence} onDelete={onDelete} onKeep={() => setAsking(false)} />
      )}
    </li>
  );
}
