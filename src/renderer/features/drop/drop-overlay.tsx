import { FolderInput, FolderPlus, Link } from 'lucide-react';
import { useEntities } from '../../stores/entities.ts';
import { useDrop, type Drag } from './use-drop.ts';
import styles from './drop.module.css';

const ICONS = { files: FolderInput, version: FolderPlus, text: Link };

interface Words {
  icon: keyof typeof ICONS;
  title: string;
  text: string;
}

const LOOKED_AT = 'You see what goes in before anything is stored.';

/** What letting go will do. */
export function wordsOf({ kind, count, names }: Drag, jobName: string | undefined): Words {
  if (kind === 'text') {
    return {
      icon: 'text',
      title: 'New job from this link',
      text: 'The address of a git repository. Nothing of it is run.',
    };
  }
  if (count > 1) {
    const text = `One after the other. ${LOOKED_AT}`;
    return { icon: 'files', title: `New jobs from ${count} folders`, text };
  }
  if (jobName) return { icon: 'version', title: `New version of ${jobName}`, text: LOOKED_AT };
  return {
    icon: 'files',
    title: names[0] ? `New job from ${names[0]}/` : 'New job from this folder',
    text: `${LOOKED_AT} A folder of tracked runs is imported.`,
  };
}

/** Dims the window while something is dragged over it and says what dropping it will do. */
export function DropOverlay() {
  const drag = useDrop();
  const jobName = useEntities(({ jobs }) => (drag?.jobId ? jobs[drag.jobId]?.name : undefined));
  if (!drag) return null;
  const { icon, title, text } = wordsOf(drag, jobName);
  const Icon = ICONS[icon];
  return (
    <div className={styles.overlay} role="status">
      <div className={styles.target}>
        <Icon size={40} strokeWidth={1.25} aria-hidden="true" />
        <p className={styles.title}>{title}</p>
        <p className={styles.text}>{text}</p>
      </div>
    </div>
  );
}
