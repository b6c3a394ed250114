import { useRef, useState, type KeyboardEvent } from 'react';
import type { InputPreset } from '../../../shared/domain/inputs.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { Button } from '../../ui/button.tsx';
import ui from '../../ui/field.module.css';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import { askedSpec, isEmptySpec } from './launch-spec-of.ts';
import { putSaved } from './put-saved.ts';
import styles from './start-from.module.css';

interface Props {
  jobId: string;
  presets: readonly InputPreset[];
  onError: (error: ErrorData | null) => void;
}

/** Keeps what is in the form under a name. */
export function SavePreset({ jobId, presets, onError }: Props) {
  const store = useLaunchStore();
  const isEmpty = useLaunch(({ spec }) => isEmptySpec(spec));
  const [name, setName] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const replaces = presets.some((one) => one.kind === 'saved' && one.name === name.trim());
  const save = async (): Promise<void> => {
    if (name.trim() === '') return field.current?.focus();
    const spec = askedSpec(store.getState());
    const answer = await call('savePreset', { jobId, name: name.trim(), spec });
    onError(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    putSaved(store, answer.value);
    setName('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void save();
  };
  return (
    <div className={styles.save}>
      <input
        ref={field}
        type="text"
        aria-label="Name of a new preset"
        placeholder={isEmpty ? 'Nothing is set that could be saved' : 'Save these values as…'}
        disabled={isEmpty}
        value={name}
        className={ui.input}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={onKeyDown}
      />
      <Button disabled={isEmpty} onClick={() => void save()}>
        {replaces ? 'Replace' : 'Save'}
      </Button>
    </div>
  );
}
