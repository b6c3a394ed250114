import { Search } from 'lucide-react';
import styles from './search-field.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Enter or arrow down: on to the list. */
  onLeave?: () => void;
  /** In a dialog that is there for the search. */
  autoFocus?: boolean;
}

/** The filter of a list. Esc empties it. */
export function SearchField({ label, value, onChange, onLeave, autoFocus = false }: Props) {
  return (
    <div className={styles.field}>
      <Search size={14} aria-hidden="true" />
      <input
        type="search"
        autoFocus={autoFocus}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            onChange('');
            // Not also for what it is in: a dialog would close.
            event.stopPropagation();
          } else if (event.key === 'Escape') event.currentTarget.blur();
          else if (event.key === 'Enter' || event.key === 'ArrowDown') onLeave?.();
          else return;
          event.preventDefault();
        }}
      />
    </div>
  );
}
