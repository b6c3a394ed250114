import { Undo2, X } from 'lucide-react';
import { useEffect, useRef, type RefObject } from 'react';
import { call } from '../../bridge/client.ts';
import { useOperations } from '../../stores/operations.ts';
import { dismissNotice, useUi, type Notice } from '../../stores/ui.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import styles from './notices.module.css';

const GOOD_NEWS_MS = 6000;
/** Long enough to read it, think, and find the button. */
const UNDO_MS = 12_000;

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

/** Takes a notice away after a while, but not while it is pointed at or has the focus. */
function useLeaving(id: number, after: number | null, card: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (after === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const leave = (): void => {
      if (card.current?.matches(':hover, :focus-within')) wait();
      else dismissNotice(id);
    };
    const wait = (): void => void (timer = setTimeout(leave, after));
    wait();
    return () => clearTimeout(timer);
  }, [id, after, card]);
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { id, text, error, undo } = notice;
  const card = useRef<HTMLLIElement>(null);
  useLeaving(id, error ? null : undo ? UNDO_MS : GOOD_NEWS_MS, card);
  const takeBack = (): void => {
    dismissNotice(id);
    undo?.();
  };
  return (
    <li ref={card} className={styles.card}>
      <div className={styles.head}>
        <p className={styles.text}>{text}</p>
        {undo && (
          <Button look="quiet" icon={<Undo2 />} onClick={takeBack}>
            Undo
          </Button>
        )}
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
