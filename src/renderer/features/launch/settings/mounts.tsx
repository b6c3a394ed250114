import { FolderPlus, X } from 'lucide-react';
import { useState } from 'react';
import type { Mount } from '../../../../shared/domain/launch-spec.ts';
import type { ErrorData } from '../../../../shared/errors.ts';
import { cx } from '../../../lib/cx.ts';
import { baseName } from '../../../lib/format.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { ErrorNote } from '../../../ui/error-note.tsx';
import ui from '../../../ui/field.module.css';
import { Switch } from '../../../ui/switch.tsx';
import { useLaunch, useLaunchStore } from '../launch-context.ts';
import { setSettings } from '../launch-store.ts';
import { chooseMount } from './choose-mount.ts';
import { SettingRow } from './setting-row.tsx';
import styles from '../inputs.module.css';

interface RowProps {
  mount: Mount;
  onChange: (mount: Mount) => void;
  onRemove: () => void;
}

function MountRow({ mount, onChange, onRemove }: RowProps) {
  return (
    <div className={styles.mount}>
      <span className={`mono ellipsis ${styles.mountSource}`} title={mount.source}>
        {mount.source}
      </span>
      <IconButton label={`Remove ${mount.source}`} icon={<X />} onClick={onRemove} />
      <input
        type="text"
        aria-label={`Path in the container of ${mount.source}`}
        value={mount.target}
        spellCheck={false}
        className={cx(ui.input, 'mono')}
        onChange={({ target }) => onChange({ ...mount, target: target.value })}
      />
      <Switch
        label={`${mount.source} read-only`}
        on={mount.readOnly}
        onChange={(readOnly) => onChange({ ...mount, readOnly })}
      >
        <span className="meta">Read-only</span>
      </Switch>
    </div>
  );
}

/** Folders of this machine that the run can use. Choosing one in the dialog is what allows it. */
export function MountsRow() {
  const store = useLaunchStore();
  const mounts = useLaunch(({ spec }) => spec.settings.mounts);
  const [error, setError] = useState<ErrorData | null>(null);
  const put = (next: Mount[]): void => setSettings(store, { mounts: next });
  const add = async (): Promise<void> => {
    const chosen = await chooseMount();
    setError(chosen?.error ?? null);
    if (!chosen?.folder) return;
    const target = `/mnt/${baseName(chosen.folder)}`;
    put([...mounts, { source: chosen.folder, target, readOnly: true }]);
  };
  return (
    <SettingRow
      label="Mounted folders"
      place="settings.mounts"
      changed={mounts.length > 0}
      onReset={() => put([])}
    >
      <div className={styles.list}>
        {mounts.map((mount, at) => (
          <MountRow
            key={at}
            mount={mount}
            onChange={(next) => put(mounts.with(at, next))}
            onRemove={() => put(mounts.toSpliced(at, 1))}
          />
        ))}
        <div className={styles.listEnd}>
          <Button look="quiet" icon={<FolderPlus />} onClick={() => void add()}>
            Choose a folder…
          </Button>
        </div>
        {error && <ErrorNote error={error} />}
      </div>
    </SettingRow>
  );
}
