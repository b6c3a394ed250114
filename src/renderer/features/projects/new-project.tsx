import { useState } from 'react';
import { checkName } from '../../../shared/domain/names.ts';
import { toErrorData, type ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { useEntities } from '../../stores/entities.ts';
import { chooseProject } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { offeredName } from '../new-job/field-errors.ts';
import styles from './projects.module.css';

/** What is wrong with a name, with the nearest good one; null for nothing. */
function nameError(name: string): ErrorData | null {
  try {
    checkName('project', name);
  } catch (thrown) {
    return toErrorData(thrown);
  }
  const taken = Object.values(useEntities.getState().projects).some((each) => each.name === name);
  if (!taken) return null;
  const message = `There is a project "${name}" already.`;
  return { code: 'E_NAME', message, next: `Did you mean: ${name}-2` };
}

/** A row to make a project in. It is switched to when it is there. */
export function NewProject({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('');
  const [error, setError] = useState<ErrorData | null>(null);
  const offered = offeredName(error ?? undefined);
  const change = (text: string): void => {
    setName(text);
    setError(null);
  };
  const create = async (): Promise<void> => {
    const wrong = nameError(name);
    if (wrong) return setError(wrong);
    const made = await call('createProject', { name });
    if (!made.ok) return setError(made.error);
    onDone();
    chooseProject(made.value.id);
  };
  return (
    <form
      aria-label="New project"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <div className={styles.name}>
        <TextField
          label="Name of the new project"
          autoFocus
          value={name}
          placeholder="vision"
          error={error}
          onChange={change}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            onDone();
          }}
        />
      </div>
      <div className={styles.buttons}>
        {offered && <Button onClick={() => change(offered)}>Use {offered}</Button>}
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
        <Button look="primary" type="submit" disabled={name === ''}>
          Create project
        </Button>
      </div>
    </form>
  );
}
