import { useState } from 'react';
import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { SecretList } from '../../../shared/domain/secret.ts';
import { call } from '../../bridge/client.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './logins.module.css';

interface Props {
  kind: CommandInput<'saveCredentials'>['kind'];
  /** The host that asked; empty lets the person say which. */
  host: string;
  /** What the button does: "Save and try again". */
  action: string;
  onSaved: (secrets: SecretList) => void;
  onCancel?: () => void;
}

/** Takes a user name and a password or token, which go to the system's secret store and nowhere else. */
export function CredentialsForm({ kind, host, action, onSaved, onCancel }: Props) {
  const [typedHost, setTypedHost] = useState(host);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<ErrorData | null>(null);
  const ready = typedHost.trim() !== '' && password !== '' && !saving;

  const save = async (): Promise<void> => {
    setSaving(true);
    const login = { kind, host: typedHost.trim(), username: username.trim(), password };
    const result = await call('saveCredentials', login);
    setSaving(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    setPassword('');
    onSaved(result.value);
  };
  return (
    <form
      aria-label="Log in"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (ready) void save();
      }}
    >
      <TextField
        label={kind === 'git' ? 'Git host' : 'Registry'}
        mono
        value={typedHost}
        placeholder={kind === 'git' ? 'git.example.com' : 'registry.example.com:5000'}
        onChange={setTypedHost}
      />
      <TextField label="User name" value={username} onChange={setUsername} />
      <TextField
        label="Password or token"
        type="password"
        value={password}
        hint="Kept in the system’s secret store, not in Slipway’s database"
        onChange={setPassword}
      />
      {error && <ErrorNote error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={!ready}>
          {action}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
