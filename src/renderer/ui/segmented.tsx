import { cx } from '../lib/cx.ts';
import styles from './segmented.module.css';

interface Props<Id extends string> {
  label: string;
  /** Null while none is chosen. */
  value: Id | null;
  options: readonly { id: Id; title: string }[];
  onChange: (id: Id) => void;
  id?: string;
  describedBy?: string | undefined;
}

/** One of two to four short words. */
export function Segmented<Id extends string>(props: Props<Id>) {
  const { label, value, options, onChange, id: ownId, describedBy } = props;
  const entry = options.some(({ id }) => id === value) ? value : options[0]?.id;
  const step = (by: number): void => {
    const at = options.findIndex(({ id }) => id === entry);
    const next = options[(at + by + options.length) % options.length];
    if (next) onChange(next.id);
  };
  return (
    <div
      id={ownId}
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
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
          tabIndex={id === entry ? 0 : -1}
          className={cx(styles.option, id === value && styles.chosen)}
          onClick={() => onChange(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
