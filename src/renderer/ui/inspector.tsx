import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import styles from './inspector.module.css';

interface Props {
  label: string;
  title: ReactNode;
  /** Beside the title. */
  controls?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** What is selected, beside its list; over the list where there is no room for both. */
export function Inspector({ label, title, controls, onClose, children }: Props) {
  return (
    <aside aria-label={label} className={styles.inspector}>
      <header className={styles.header}>
        <div className={styles.title}>{title}</div>
        {controls}
        <IconButton label="Close the inspector" icon={<X />} onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}
