import { Check } from 'lucide-react';
import { cx } from '../lib/cx.ts';
import styles from './chips.module.css';

interface Props {
  id?: string;
  label: string;
  options: readonly { id: string; title: string }[];
  chosen: ReadonlySet<string>;
  describedBy?: string | undefined;
  onToggle: (id: string) => void;
}

/** Any of some words. */
export function Chips({ id, label, options, chosen, describedBy, onToggle }: Props) {
  return (
    <div
      id={id}
      role="group"
      aria-label={label}
      aria-describedby={describedBy}
      className={styles.chips}
    >
      {options.map((option) => {
        const isOn = chosen.has(option.id);
        return (
          <button
            key={option.id}
            type="button"
            role="checkbox"
            aria-checked={isOn}
            className={cx(styles.chip, isOn && styles.on)}
            onClick={() => onToggle(option.id)}
          >
            {isOn && <Check size={12} aria-hidden="true" />}
            {option.title}
          </button>
        );
      })}
    </div>
  );
}
