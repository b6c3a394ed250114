import type { ReactNode } from 'react';
import type { SettingsSection } from '../../stores/route.ts';
import page from '../frame/page.module.css';
import { SECTION_TITLES } from './sections.ts';
import styles from './settings.module.css';

/** The id of the heading of a section, which links lead to. */
export const headingId = (section: SettingsSection): string => `settings-${section}`;

/** One part of the settings under its title. */
export function Section({ id, children }: { id: SettingsSection; children: ReactNode }) {
  return (
    <section className={styles.section} aria-labelledby={headingId(id)}>
      <h2 id={headingId(id)} tabIndex={-1} className={page.heading}>
        {SECTION_TITLES[id]}
      </h2>
      <div className={styles.fields}>{children}</div>
    </section>
  );
}
