import { useId, type InputHTMLAttributes, type ReactNode } from 'react';
import type { ErrorData } from '../../shared/errors.ts';
import { cx } from '../lib/cx.ts';
import styles from './field.module.css';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with this value. */
  error?: ErrorData | null | undefined;
  /** What the value is for, or what it will do. */
  hint?: ReactNode;
  mono?: boolean;
}

/** A message under a field. */
export function FieldError({ id, error }: { id: string; error: ErrorData }) {
  return (
    <p id={id} role="alert" className={styles.error}>
      {error.message}
      {error.next && <span className={styles.next}> {error.next}</span>}
    </p>
  );
}

/** One line of text with its label, hint and error. */
export function TextField({ label, error, hint, mono, value, onChange, ...rest }: Props) {
  const id = useId();
  const under = `${id}-under`;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        value={value}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? under : undefined}
        className={cx(styles.input, mono && 'mono')}
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
