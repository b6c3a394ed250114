import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { JobVersion } from '../../../shared/domain/job.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { call } from '../../bridge/client.ts';
import { Button } from '../../ui/button.tsx';
import { NameChips } from '../../ui/name-chips.tsx';
import { FieldError } from '../../ui/text-field.tsx';
import styles from '../../ui/name-chips.module.css';

/** Slipway's own: always on the newest version. */
const LATEST = 'latest';

function AddAlias({ onAdd, onLeave }: { onAdd: (alias: string) => void; onLeave: () => void }) {
  const [text, setText] = useState('');
  return (
    <input
      autoFocus
      aria-label="New alias"
      placeholder="stable"
      value={text}
      spellCheck={false}
      className={styles.input}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => (text.trim() ? onAdd(text.trim()) : onLeave())}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && text.trim()) onAdd(text.trim());
        else if (event.key === 'Escape') onLeave();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

/** The names of a version. One that is put on here leaves the version that had it. */
export function Aliases({ version }: { version: JobVersion }) {
  const { id: versionId, aliases } = version;
  const [adding, setAdding] = useState(false);
  const [error, setError] = useState<ErrorData | null>(null);
  // The new aliases come with the next push.
  const take = (result: Result<JobVersion>): void => setError(result.ok ? null : result.error);
  const add = (alias: string): void => {
    setAdding(false);
    if (!aliases.includes(alias)) void call('setAlias', { versionId, alias }).then(take);
  };
  return (
    <>
      <NameChips
        label="Aliases"
        kind="alias"
        look="outlined"
        names={aliases}
        fixed={LATEST}
        onRemove={(alias) => void call('removeAlias', { versionId, alias }).then(take)}
      >
        {adding ? (
          <AddAlias onAdd={add} onLeave={() => setAdding(false)} />
        ) : (
          <Button
            look="quiet"
            className={styles.add}
            icon={<Plus />}
            onClick={() => {
              setError(null);
              setAdding(true);
            }}
          >
            Add alias
          </Button>
        )}
      </NameChips>
      {error && <FieldError id="alias-error" error={error} />}
    </>
  );
}
