import { useId, type ReactNode } from 'react';
import type { ErrorData } from '../../shared/errors.ts';
import { cx } from '../lib/cx.ts';
import { FieldError } from './text-field.tsx';
import styles from './field.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: ErrorData | null | undefined;
  hint?: ReactNode;
  mono?: boolean;
  rows?: number;
  placeholder?: string;
}

/** Some lines of text with their label, hint and error. */
export function AreaField({ label, value, onChange, error, hint, mono, rows = 2, ...rest }: Props) {
  const id = useId();
  const under = `${id}-under`;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        value={value}
        rows={Math.min(8, Math.max(rows, value.split('\n').length))}
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? under : undefined}
        className={cx(styles.input, styles.area, mono && 'mono')}
        onChange={(event) => onChange(event.target.value)}
      />
      {error && <FieldError id={under} error={error} />}
      {!error && hint && (
        <p id={under} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
