import { FolderPlus, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { call } from '../../bridge/client.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import page from '../frame/page.module.css';
import { changeMountFolders } from './change-mount-folders.ts';
import styles from './settings.module.css';

/** Folders that runs may mount. Choosing one in the system's dialog is what allows it. */
export function MountFolders() {
  const [folders, setFolders] = useState<string[] | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const take = (result: Result<Settings>): void => {
    setError(result.ok ? null : result.error);
    if (result.ok) setFolders(result.value.mountFolders);
  };
  useEffect(() => void call('getSettings', {}).then(take), []);

  const add = async (): Promise<void> => {
    const chosen = await call('chooseFolder', {});
    if (!chosen.ok) return setError(chosen.error);
    if (!chosen.value) return;
    const { folder } = chosen.value;
    take(await changeMountFolders((all) => [...new Set([...all, folder])]));
  };
  const remove = async (folder: string): Promise<void> =>
    take(await changeMountFolders((all) => all.filter((each) => each !== folder)));

  return (
    <section className={page.section} aria-labelledby="mount-folders">
      <h2 id="mount-folders" className={page.heading}>
        Folders that runs may mount
      </h2>
      <p className={page.lead}>
        With all that is in them. A run mounts only what its launch names.
      </p>
      {error && <ErrorNote error={error} />}
      <ul className={styles.folders}>
        {folders?.map((folder) => (
          <li key={folder}>
            <span className={`mono ellipsis selectable ${styles.folder}`} title={folder}>
              {folder}
            </span>
            <IconButton
              label={`No longer allow ${folder}`}
              icon={<X />}
              onClick={() => void remove(folder)}
            />
          </li>
        ))}
      </ul>
      <Button className={styles.add} icon={<FolderPlus />} onClick={() => void add()}>
        Add a folder…
      </Button>
    </section>
  );
}
