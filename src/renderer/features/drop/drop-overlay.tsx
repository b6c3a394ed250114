import { FolderInput } from 'lucide-react';
import { useFolderDrop, type Drag } from './use-folder-drop.ts';
import styles from './drop.module.css';

function title({ count, names }: Drag): string {
  if (count > 1) return `New jobs from ${count} folders`;
  return names[0] ? `New job from ${names[0]}/` : 'New job from this folder';
}

/** Dims the window while something is dragged over it and says what dropping it will do. */
export function DropOverlay() {
  const drag = useFolderDrop();
  if (!drag) return null;
  return (
    <div className={styles.overlay} role="status">
      <div className={styles.target}>
        <FolderInput size={40} strokeWidth={1.25} aria-hidden="true" />
        <p className={styles.title}>{title(drag)}</p>
        <p className={styles.text}>
          {drag.count > 1
            ? 'One after the other. You see what goes in before anything is stored.'
            : 'You see what goes in before anything is stored.'}
        </p>
      </div>
    </div>
  );
}
