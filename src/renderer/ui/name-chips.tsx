import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import styles from './name-chips.module.css';

interface ChipProps {
  name: string;
  look: 'filled' | 'outlined';
  /** What one of them is called, as in "tag". */
  kind: string;
  /** Without it, it cannot be removed. */
  onRemove?: (() => void) | undefined;
}

function NameChip({ name, look, kind, onRemove }: ChipProps) {
  return (
    <li className={cx(styles.chip, styles[look])}>
      <span className="ellipsis" title={name}>
        {name}
      </span>
      {onRemove && (
        <button
          type="button"
          aria-label={`Remove ${kind} ${name}`}
          title="Remove"
          className={styles.remove}
          onClick={onRemove}
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}

interface Props extends Pick<ChipProps, 'look' | 'kind'> {
  label: string;
  names: readonly string[];
  /** A name that always stays. */
  fixed?: string;
  onRemove: (name: string) => void;
  /** What adds one: a button, or a field while it is used. */
  children: ReactNode;
}

/** Names that something has, to be taken off one by one, and what adds another. */
export function NameChips({ label, names, fixed, onRemove, children, ...chip }: Props) {
  return (
    <ul aria-label={label} className={styles.chips}>
      {names.map((name) => (
        <NameChip
          {...chip}
          key={name}
          name={name}
          onRemove={name === fixed ? undefined : () => onRemove(name)}
        />
      ))}
      <li>{children}</li>
    </ul>
  );
}
