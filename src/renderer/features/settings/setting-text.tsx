import { useEffect, useState, type KeyboardEvent } from 'react';
import type { ErrorData } from '../../../shared/errors.ts';
import { TextField } from '../../ui/text-field.tsx';

interface Props {
  label: string;
  /** As it is kept. */
  value: string;
  hint: string;
  placeholder?: string;
  inputMode?: 'numeric';
  error: ErrorData | undefined;
  /** Why a text cannot be meant; null for one that may be. */
  check?: (text: string) => ErrorData | null;
  onSave: (value: string) => void;
}

/** A setting that is typed: kept when it is left or Enter is pressed; Esc takes back what was typed. */
export function SettingText({ value, error, check, onSave, ...field }: Props) {
  const [draft, setDraft] = useState(value);
  const [refused, setRefused] = useState<ErrorData | null>(null);
  useEffect(() => setDraft(value), [value]);

  const keep = (): void => {
    const text = draft.trim();
    const wrong = check?.(text) ?? null;
    setRefused(wrong);
    if (!wrong && (text !== value || error)) onSave(text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') return keep();
    if (event.key !== 'Escape' || (draft === value && !refused)) return;
    event.stopPropagation();
    setDraft(value);
    setRefused(null);
  };
  return (
    <TextField
      {...field}
      mono
      value={draft}
      error={refused ?? error}
      onChange={(text) => {
        setDraft(text);
        setRefused(null);
      }}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}
