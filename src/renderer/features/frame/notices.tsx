import { X } from 'lucide-react';
import { useEffect } from 'react';
import { call } from '../../bridge/client.ts';
import { useOperations } from '../../stores/operations.ts';
import { dismissNotice, useUi, type Notice } from '../../stores/ui.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import styles from './notices.module.css';

const GOOD_NEWS_MS = 6000;

/** Something under way. Before its first progress a dialog of the system is open. */
function OperationCard({ text, operationId }: { text: string; operationId: string }) {
  const progress = useOperations((all) => all[operationId]);
  if (!progress) return null;
  return (
    <li className={styles.card}>
      <Progress
        label={text}
        progress={progress}
        onCancel={() => void call('cancelOperation', { operationId })}
      />
    </li>
  );
}

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
      {notices.map((notice) =>
        notice.operationId === undefined ? (
          <NoticeCard key={notice.id} notice={notice} />
        ) : (
          <OperationCard key={notice.id} text={notice.text} operationId={notice.operationId} />
        ),
      )}
    </ul>
  );
}
