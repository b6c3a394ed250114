import { useState, type ReactNode } from 'react';
import { SETTINGS_SECTIONS, type SettingsSection } from '../../stores/route.ts';
import { matches } from '../../stores/selectors.ts';
import { navigate } from '../../stores/ui.ts';
import { cx } from '../../lib/cx.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { Logins } from '../logins/logins.tsx';
import { useWatchedFolders } from '../tracked/use-watched-folders.ts';
import { WatchedFolders } from '../tracked/watched-folders.tsx';
import { About } from './about.tsx';
import { Keyboard } from './keyboard.tsx';
import { MountFolders } from './mount-folders.tsx';
import { EngineSettings, General, Notifications } from './run-sections.tsx';
import { SECTION_TITLES, SECTION_WORDS } from './sections.ts';
import { RoomBudget } from './room-budget.tsx';
import { useSectionInView } from './use-section-in-view.ts';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

const Watched = () => <WatchedFolders watching={useWatchedFolders()} />;

function Contents({ shown, at }: { shown: readonly SettingsSection[]; at: SettingsSection }) {
  return (
    <nav aria-label="Sections" className={styles.contents}>
      {shown.map((section) => (
        <button
          key={section}
          type="button"
          aria-current={section === at ? 'true' : undefined}
          className={cx(styles.entry, section === at && styles.current)}
          onClick={() => navigate({ page: 'settings', section })}
        >
          {SECTION_TITLES[section]}
        </button>
      ))}
    </nav>
  );
}

/** Everything that holds for all projects. Each change is kept at once. */
export default function SettingsPage({ section }: { section?: SettingsSection | undefined }) {
  const state = useSettings();
  const { settings, error, saved } = state;
  const [filter, setFilter] = useState('');
  const shown = SETTINGS_SECTIONS.filter((each) =>
    matches(`${SECTION_TITLES[each]} ${SECTION_WORDS[each]}`, filter.trim()),
  );
  const { body, at, onScroll } = useSectionInView(settings !== null, section);

  const panels: Record<SettingsSection, () => ReactNode> = {
    general: () => settings && <General settings={settings} state={state} />,
    engine: () => settings && <EngineSettings settings={settings} state={state} />,
    notifications: () => settings && <Notifications settings={settings} state={state} />,
    mounts: () => settings && <MountFolders kept={settings.mountFolders} />,
    logins: () => <Logins />,
    watched: () => <Watched />,
    room: () => settings && <RoomBudget settings={settings} state={state} />,
    keyboard: () => <Keyboard />,
    about: () => <About />,
  };
  return (
    <>
      <Toolbar
        title="Settings"
        meta={
          <span key={saved} role="status" className={styles.saved}>
            {saved > 0 && 'Saved'}
          </span>
        }
      >
        <SearchField label="Find a setting" value={filter} onChange={setFilter} />
      </Toolbar>
      {error && (
        <div className={page.note}>
          <ErrorNote error={error} />
        </div>
      )}
      {!settings && !error && <SkeletonRows label="Reading settings" />}
      {settings && (
        <div className={styles.page}>
          <Contents shown={shown} at={at} />
          <div ref={body} className={styles.body} onScroll={onScroll}>
            {shown.map((each) => (
              <div key={each} data-section={each} className={styles.panel}>
                {panels[each]()}
              </div>
            ))}
            {shown.length === 0 && (
              <p className={page.lead}>No setting is called “{filter.trim()}”.</p>
            )}
          </div>
        </div>
      )}
    </>
  );
}
