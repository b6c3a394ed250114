import { Star } from 'lucide-react';
import { memo } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { toggleStars } from '../../commands/mark-actions.ts';
import { cx } from '../../lib/cx.ts';
import styles from './runs.module.css';

/** Drawn again only when it is another: a table has many. */
const Icon = memo(({ filled }: { filled: boolean }) => (
  <Star size={14} aria-hidden="true" fill={filled ? 'currentColor' : 'none'} />
));

/** The star of a run, put on and taken off by a click. From the keyboard it is a command. */
export function StarCell({ run }: { run: Run }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={run.starred ? `Take the star off ${run.name}` : `Put a star on ${run.name}`}
      aria-pressed={run.starred}
      className={cx(styles.star, run.starred && styles.starred)}
      onClick={(event) => {
        // The row is neither selected nor opened by it.
        event.preventDefault();
        void toggleStars([run]);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon filled={run.starred} />
    </button>
  );
}
