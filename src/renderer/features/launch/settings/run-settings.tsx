import { ChevronRight } from 'lucide-react';
import type { JobVersion } from '../../../../shared/domain/job.ts';
import { cx } from '../../../lib/cx.ts';
import { useLaunch, useLaunchStore } from '../launch-context.ts';
import { entryOverride } from '../launch-draft.ts';
import { SETTINGS } from '../launch-store.ts';
import { AfterRun } from './after-run.tsx';
import { EnvironmentRow, SecretsRow } from './environment.tsx';
import { ConfigRow, FilesRow } from './more-values.tsx';
import { MountsRow } from './mounts.tsx';
import { Resources } from './resources.tsx';
import { settingsSummary } from './settings-summary.ts';
import { Start } from './start.tsx';
import styles from '../inputs.module.css';

interface Props {
  version: JobVersion | undefined;
}

function Summary({ version }: Props) {
  const spec = useLaunch((state) => state.spec);
  const draft = useLaunch((state) => state.draft);
  const words = settingsSummary(spec, draft, entryOverride(draft, version) !== null);
  return (
    <span className={styles.headMeta}>
      {words.join(' · ') || 'entry point, resources, environment, secrets, retries'}
    </span>
  );
}

/** How it is executed, whatever the code: folded, with what differs from a plain run in words. */
export function RunSettings({ version }: Props) {
  const store = useLaunchStore();
  const open = useLaunch((state) => state.open[SETTINGS] ?? false);
  const toggle = (): void =>
    store.setState((state) => ({ open: { ...state.open, [SETTINGS]: !open } }));
  return (
    <section aria-label="Run settings">
      <button type="button" aria-expanded={open} className={styles.section} onClick={toggle}>
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={cx(styles.chevron, open && styles.turned)}
        />
        <span className={styles.title}>Run settings</span>
        <Summary version={version} />
      </button>
      {open && (
        <>
          <Start version={version} />
          <Resources />
          <MountsRow />
          <EnvironmentRow />
          <SecretsRow />
          <ConfigRow />
          <FilesRow />
          <AfterRun />
        </>
      )}
    </section>
  );
}
