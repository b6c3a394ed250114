import { FolderPlus, X } from 'lucide-react';
import { useState } from 'react';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import page from '../frame/page.module.css';
import { changeSettings } from './change-settings.ts';
import { Section } from './section.tsx';
import styles from './settings.module.css';

/** Folders that runs may mount. Choosing one in the system's dialog is what allows it. */
export function MountFolders({ kept }: { kept: readonly string[] }) {
  const [folders, setFolders] = useState(kept);
  const [error, setError] = useState<ErrorData | null>(null);
  const change = async (step: (folders: string[]) => string[]): Promise<void> => {
    const result = await changeSettings((now) => ({ mountFolders: step(now.mountFolders) }));
    setError(result.ok ? null : result.error);
    if (result.ok) setFolders(result.value.mountFolders);
  };
  const add = async (): Promise<void> => {
    const chosen = await call('chooseFolder', {});
    if (!chosen.ok) return setError(chosen.error);
    if (!chosen.value) return;
    const { folder } = chosen.value;
    await change((all) => [...new Set([...all, folder])]);
  };
  return (
    <Section id="mounts">
      <p className={page.lead}>
        Folders that runs may mount, with all that is in them. A run mounts only what its launch
        names.
      </p>
      {error && <ErrorNote error={error} />}
      <ul className={styles.folders}>
        {folders.map((folder) => (
          <li key={folder}>
            <span className={`mono ellipsis selectable ${styles.folder}`} title={folder}>
              {folder}
            </span>
            <IconButton
              label={`No longer allow ${folder}`}
              icon={<X />}
              onClick={() => void change((all) => all.filter((each) => each !== folder))}
            />
          </li>
        ))}
      </ul>
      <Button className={styles.add} icon={<FolderPlus />} onClick={() => void add()}>
        Add a folder…
      </Button>
    </Section>
  );
}
