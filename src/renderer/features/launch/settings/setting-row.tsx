import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../../lib/cx.ts';
import { IconButton } from '../../../ui/button.tsx';
import { useLaunch } from '../launch-context.ts';
import { problemIn } from '../problems.ts';
import { isStale } from '../stale.ts';
import { ProblemText } from '../problem-text.tsx';
import styles from '../inputs.module.css';

interface Props {
  label: string;
  /** Of its one control; left away when there are several. */
  id?: string;
  /** In the spec: `settings.cpus`. */
  place: string;
  help?: ReactNode;
  changed: boolean;
  onReset: () => void;
  children: ReactNode;
}

/** One setting of the run, laid out as the inputs are. */
export function SettingRow({ label, id, place, help, changed, onReset, children }: Props) {
  const problem = useLaunch(({ problems, unread }) =>
    unread[place] === undefined ? (problemIn(problems, place) ?? null) : null,
  );
  const unread = useLaunch((state) => state.unread[place]);
  const stale = useLaunch((state) => isStale(state, place));
  return (
    <div data-place={place} className={cx(styles.row, changed && styles.changed)}>
      <div className={styles.name}>
        {id ? (
          <label htmlFor={id} className={styles.label}>
            {label}
          </label>
        ) : (
          <span className={styles.label}>{label}</span>
        )}
      </div>
      <div className={styles.control}>
        {children}
        {unread !== undefined && <ProblemText problem={{ message: unread, next: null }} />}
        {problem && <ProblemText problem={problem} stale={stale} />}
        {help && <p className={styles.help}>{help}</p>}
      </div>
      <div className={styles.actions}>
        {changed && <IconButton label={`Reset ${label}`} icon={<RotateCcw />} onClick={onReset} />}
      </div>
    </div>
  );
}
