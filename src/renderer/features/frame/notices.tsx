import { X } from 'lucide-react';
import { useEffect } from 'react';
import { dismissNotice, useUi, type Notice } from '../../stores/ui.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import styles from './notices.module.css';

const GOOD_NEWS_MS = 6000;

function NoticeCard({ notice }: { notice: Notice }) {
  const { id, text, error } = notice;
  useEffect(() => {
    if (error) return;
    const timer = setTimeout(() => dismissNotice(id), GOOD_NEWS_MS);
    return () => clearTimeout(timer);
  }, [id, error]);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <p className={styles.text}>{text}</p>
        <IconButton label="Dismiss" icon={<X />} onClick={() => dismissNotice(id)} />
      </div>
      {error && <ErrorNote error={error} />}
    </li>
  );
}

/** Messages that have no place of their own. Errors stay until they are dismissed. */
export function Notices() {
  const notices = useUi((ui) => ui.notices);
  return (
    <ul aria-label="Notices" aria-live="polite" className={styles.notices}>
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </ul>
  );
}
