import { cx } from '../lib/cx.ts';
import styles from './segmented.module.css';

interface Props<Id extends string> {
  label: string;
  value: Id;
  options: readonly { id: Id; title: string }[];
  onChange: (id: Id) => void;
}

/** One of two to four short words. */
export function Segmented<Id extends string>({ label, value, options, onChange }: Props<Id>) {
  const step = (by: number): void => {
    const at = options.findIndex(({ id }) => id === value);
    const next = options[(at + by + options.length) % options.length];
    if (next) onChange(next.id);
  };
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={styles.group}
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (!by) return;
        event.preventDefault();
        step(by);
      }}
    >
      {options.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="radio"
          aria-checked={id === value}
          tabIndex={id === value ? 0 : -1}
          className={cx(styles.option, id === value && styles.chosen)}
          onClick={() => onChange(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
