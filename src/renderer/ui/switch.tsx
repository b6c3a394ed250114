import type { ReactNode } from 'react';
import styles from './switch.module.css';

interface Props {
  /** Its name for screen readers, where the words beside it do not say enough. */
  label?: string;
  children?: ReactNode;
  on: boolean;
  disabled?: boolean;
  id?: string;
  describedBy?: string | undefined;
  onChange: (on: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, children, on, disabled, onChange, ...rest }: Props) {
  return (
    <label className={styles.switch}>
      <input
        id={rest.id}
        type="checkbox"
        role="switch"
        aria-checked={on}
        aria-label={label}
        aria-describedby={rest.describedBy}
        checked={on}
        disabled={disabled}
        className={styles.input}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={styles.track} aria-hidden="true" />
      {children && <span>{children}</span>}
    </label>
  );
}
