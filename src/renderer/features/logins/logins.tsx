import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SecretList } from '../../../shared/domain/secret.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { call } from '../../bridge/client.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import page from '../frame/page.module.css';
import { CredentialsForm } from './credentials-form.tsx';
import styles from './logins.module.css';

const KIND_WORDS: Readonly<Record<string, string>> = {
  git: 'Git',
  'git-key': 'Git key',
  registry: 'Registry',
  run: 'Secret',
};

function Login({ name, onRemove }: { name: string; onRemove: () => void }) {
  const colon = name.indexOf(':');
  const kind = name.slice(0, colon);
  const host = name.slice(colon + 1);
  const word = KIND_WORDS[kind] ?? kind;
  const what = kind === 'run' ? `secret ${host}` : `${word} login of ${host}`;
  return (
    <li>
      <span className={styles.kind}>{word}</span>
      <span className={`mono ellipsis selectable ${styles.host}`} title={host}>
        {host}
      </span>
      <IconButton label={`Remove ${what}`} icon={<X />} onClick={onRemove} />
    </li>
  );
}

/** What is in the system's secret store: names alone, the secrets never come here. */
export function Logins() {
  const [list, setList] = useState<SecretList | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const [adding, setAdding] = useState<'git' | 'registry' | null>(null);
  const take = (result: Result<SecretList>): void => {
    setError(result.ok ? null : result.error);
    if (result.ok) setList(result.value);
  };
  useEffect(() => void call('listSecrets', {}).then(take), []);
  const usable = list !== null && list.problem === null;
  return (
    <section className={page.section} aria-labelledby="logins">
      <h2 id="logins" className={page.heading}>
        Logins and secrets
      </h2>
      {error && <ErrorNote error={error} />}
      {list?.problem && <p className={styles.problem}>{list.problem}</p>}
      {usable && list.names.length === 0 && (
        <p className={styles.none}>
          None. Logins are asked for when a repository or registry wants one; secrets are kept when
          a launch uses them.
        </p>
      )}
      <ul className={styles.logins}>
        {list?.names.map((name) => (
          <Login
            key={name}
            name={name}
            onRemove={() => void call('removeSecret', { name }).then(take)}
          />
        ))}
      </ul>
      {adding && (
        <CredentialsForm
          key={adding}
          kind={adding}
          host=""
          action="Save login"
          onSaved={(saved) => {
            setList(saved);
            setAdding(null);
          }}
          onCancel={() => setAdding(null)}
        />
      )}
      {usable && !adding && (
        <div className={styles.add}>
          <Button onClick={() => setAdding('git')}>Add a git login…</Button>
          <Button onClick={() => setAdding('registry')}>Add a registry login…</Button>
        </div>
      )}
    </section>
  );
}
