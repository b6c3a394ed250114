import { Plus } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { ErrorData } from '../../../shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { keepSecret, secretNameOf, useRunSecrets } from './run-secrets.ts';
import styles from './inputs.module.css';

interface Props {
  /** What it is kept for, for screen readers. */
  label: string;
  proposed: string;
  onKept: (name: string) => void;
}

function SecretForm({ label, proposed, onKept, onEnd }: Props & { onEnd: () => void }) {
  const [name, setName] = useState(secretNameOf(proposed));
  const [value, setValue] = useState('');
  const [error, setError] = useState<ErrorData | null>(null);
  const keep = async (): Promise<void> => {
    const answer = await keepSecret(name.trim(), value);
    if ('error' in answer) return setError(answer.error);
    onKept(answer.kept);
    onEnd();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') void keep();
    else if (event.key === 'Escape') onEnd();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div role="group" aria-label={`New secret for ${label}`} className={styles.newSecret}>
      <TextField label="Name" mono value={name} onChange={setName} onKeyDown={onKeyDown} />
      <TextField
        label="Value"
        type="password"
        autoFocus
        value={value}
        error={error}
        onChange={setValue}
        onKeyDown={onKeyDown}
      />
      <div className={styles.newSecretEnd}>
        <Button disabled={name.trim() === '' || value === ''} onClick={() => void keep()}>
          Keep it
        </Button>
        <Button look="quiet" onClick={onEnd}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

/** Puts a new secret into the system's store, right where it is needed. */
export function NewSecret(props: Props) {
  const [open, setOpen] = useState(false);
  const { problem } = useRunSecrets();
  if (problem) return <p className="meta">{problem}</p>;
  if (open) return <SecretForm {...props} onEnd={() => setOpen(false)} />;
  return (
    <Button
      look="quiet"
      icon={<Plus />}
      className={styles.inlineAction}
      aria-label={`Keep a new secret for ${props.label}`}
      onClick={() => setOpen(true)}
    >
      Keep a new one
    </Button>
  );
}
