import type { Run } from '../../../shared/domain/run.ts';
import styles from './runs.module.css';

/** The tags of a run on one line, all of them on hover. */
export function TagsCell({ run: { tags } }: { run: Run }) {
  return (
    <span className={styles.tags} title={tags.join(', ')}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}
