import { File, FileX, Folder, Link } from 'lucide-react';
import type { LeftOut, TreeEntry } from '../../../shared/domain/snapshot.ts';
import { fileSize } from '../../../shared/units.ts';
import styles from './new-job.module.css';

export function EntryIcon({ kind }: { kind: LeftOut['kind'] }) {
  if (kind === 'directory') return <Folder size={14} aria-hidden="true" />;
  if (kind === 'link') return <Link size={14} aria-hidden="true" />;
  if (kind === 'special') return <FileX size={14} aria-hidden="true" />;
  return <File size={14} aria-hidden="true" />;
}

/** Something that goes in; `most` (bytes) draws its size beside it as a bar. */
export function EntryRow({ entry, most }: { entry: TreeEntry; most: number }) {
  const { path, kind, size, content } = entry;
  return (
    <li className={styles.row}>
      <EntryIcon kind={kind} />
      <span className={`ellipsis ${styles.path}`} title={path}>
        {path}
        {kind === 'directory' && '/'}
        {kind === 'link' && content && <span className={styles.target}> → {content}</span>}
      </span>
      {most > 0 && (
        <span className={styles.barBox} aria-hidden="true">
          <span className={styles.bar} style={{ width: `${Math.max(2, (size / most) * 100)}%` }} />
        </span>
      )}
      {kind === 'file' && <span className={styles.size}>{fileSize(size)}</span>}
    </li>
  );
}

/** Something that stays out, with the rule that decided. */
export function LeftOutRow({ entry }: { entry: LeftOut }) {
  return (
    <li className={styles.row}>
      <EntryIcon kind={entry.kind} />
      <span className={`ellipsis ${styles.path}`} title={entry.path}>
        {entry.path}
        {entry.kind === 'directory' && '/'}
      </span>
      <span className={`ellipsis ${styles.rule}`} title={entry.rule}>
        {entry.rule}
      </span>
    </li>
  );
}
