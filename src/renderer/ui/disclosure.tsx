import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import styles from './disclosure.module.css';

interface Props {
  title: string;
  meta?: ReactNode;
  /** Holds it open, for what must be seen. */
  forced?: boolean;
  children: ReactNode;
}

/** Something that is seldom needed, folded under its title. */
export function Disclosure({ title, meta, forced = false, children }: Props) {
  const [chosen, setChosen] = useState(false);
  const open = chosen || forced;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        className={styles.head}
        onClick={() => setChosen(!open)}
      >
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={cx(styles.chevron, open && styles.open)}
        />
        {title}
        {meta && <span className="meta">{meta}</span>}
      </button>
      {open && <div className={styles.body}>{children}</div>}
    </div>
  );
}
