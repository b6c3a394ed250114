import { X } from 'lucide-react';
import { useEntities } from '../../stores/entities.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Switch } from '../../ui/switch.tsx';
import page from '../frame/page.module.css';
import type { Watching } from './use-watched-folders.ts';
import styles from './tracked.module.css';

/** The folders that are watched, each with its switch. */
export function WatchedFolders({ watching }: { watching: Watching }) {
  const projects = useEntities((all) => all.projects);
  const { folders, error, watch, remove } = watching;
  return (
    <section aria-labelledby="watched" className={styles.watched}>
      <h2 id="watched" className={page.heading}>
        Watched folders
      </h2>
      {error && <ErrorNote error={error} />}
      {folders?.length === 0 && (
        <p className={styles.none}>
          None. New runs in a watched folder are imported as soon as they end.
        </p>
      )}
      <ul>
        {folders?.map(({ folder, projectId, enabled }) => {
          const project = projects[projectId]?.name ?? 'default';
          return (
            <li key={folder} className={styles.folder}>
              <Switch
                label={`Watch ${folder}`}
                on={enabled}
                onChange={(on) => void watch(folder, project, on)}
              />
              <span className={`mono ellipsis selectable ${styles.path}`} title={folder}>
                {folder}
              </span>
              <span className="meta">{enabled ? `into ${project}` : 'off'}</span>
              <IconButton
                label={`Forget ${folder}`}
                title="Stop watching; what was imported stays"
                icon={<X />}
                onClick={() => void remove(folder)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
