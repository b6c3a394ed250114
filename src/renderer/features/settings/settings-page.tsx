import { useEffect, useState } from 'react';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { call } from '../../bridge/client.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { Logins } from '../logins/logins.tsx';
import { MountFolders } from './mount-folders.tsx';
import { SettingsForm } from './settings-form.tsx';

/** Folders to mount are saved where they are shown, at once. */
const same = (a: Settings, b: Settings): boolean =>
  (Object.keys(a) as (keyof Settings)[]).every(
    (key) => key === 'mountFolders' || a[key] === b[key],
  );

/** Saves what the form holds, with the folders to mount as they are by now. */
async function saveForm(draft: Settings): Promise<Result<Settings>> {
  const now = await call('getSettings', {});
  if (!now.ok) return now;
  return call('saveSettings', { ...draft, mountFolders: now.value.mountFolders });
}

/** How runs are made and ended, for all projects. */
export default function SettingsPage() {
  const [saved, setSaved] = useState<Settings | null>(null);
  const [draft, setDraft] = useState<Settings | null>(null);
  const [info, setInfo] = useState<CommandOutput<'appInfo'> | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const [done, setDone] = useState(false);
  useEffect(() => {
    void call('getSettings', {}).then((result) => {
      if (!result.ok) return setError(result.error);
      setSaved(result.value);
      setDraft(result.value);
    });
    void call('appInfo', {}).then((result) => result.ok && setInfo(result.value));
  }, []);

  const save = async (): Promise<void> => {
    if (!draft) return;
    const result = await saveForm(draft);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    setSaved(result.value);
    setDraft(result.value);
    setDone(true);
  };
  const changed = saved !== null && draft !== null && !same(saved, draft);
  return (
    <>
      <Toolbar
        title="Settings"
        meta={done && !changed && <span role="status">Saved</span>}
        actions={
          <>
            {changed && <Button onClick={() => setDraft(saved)}>Revert</Button>}
            <Button look="primary" disabled={!changed} onClick={() => void save()}>
              Save
            </Button>
          </>
        }
      />
      <div className={page.scroll}>
        {error && (
          <div className={page.note}>
            <ErrorNote error={error} />
          </div>
        )}
        {!draft && !error && <SkeletonRows label="Reading settings" />}
        {draft && (
          <div className={page.column}>
            <SettingsForm
              settings={draft}
              onChange={(change) => {
                setDraft({ ...draft, ...change });
                setDone(false);
              }}
              onSubmit={() => changed && void save()}
            />
            <MountFolders />
            <Logins />
            {info && (
              <section className={page.section}>
                <h2 className={page.heading}>About</h2>
                <Facts>
                  <Fact name="Version">Slipway {info.version}</Fact>
                  <Fact name="Data folder">
                    <span className="mono">{info.dataDir}</span>
                  </Fact>
                </Facts>
              </section>
            )}
          </div>
        )}
      </div>
    </>
  );
}
