import { ChevronsUpDown } from 'lucide-react';
import type { SelectHTMLAttributes } from 'react';
import { cx } from '../lib/cx.ts';
import field from './field.module.css';
import styles from './pick.module.css';

interface Props extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  value: string;
  options: readonly { id: string; title: string }[];
  onChange: (id: string) => void;
}

/** One of many in the system's own menu: cheap enough for a form of hundreds. */
export function Pick({ value, options, onChange, className, ...rest }: Props) {
  return (
    <span className={cx(styles.pick, className)}>
      <select
        {...rest}
        value={value}
        className={cx(field.input, styles.select)}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <ChevronsUpDown size={14} aria-hidden="true" />
    </span>
  );
}
