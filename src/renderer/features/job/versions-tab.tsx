import { Play } from 'lucide-react';
import { useState } from 'react';
import type { JobVersion } from '../../../shared/domain/job.ts';
import { openLaunch } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { cx } from '../../lib/cx.ts';
import { VersionDetails, type View } from './version-details.tsx';
import { ExportVersion, WriteBack } from './write-back.tsx';
import styles from './job.module.css';

interface Props {
  versions: readonly JobVersion[];
  chosen: string | undefined;
  onChoose: (versionId: string) => void;
}

/** The versions of a job, newest first, and the chosen one in full. */
export function VersionsTab({ versions, chosen, onChoose }: Props) {
  // Kept while one goes from version to version.
  const [view, setView] = useState<View>('overview');
  const version = versions.find(({ id }) => id === chosen) ?? versions[0];
  if (!version) return <SkeletonRows label="Reading versions" />;
  return (
    <div className={styles.versions}>
      <nav aria-label="Versions" className={styles.versionList}>
        {versions.map(({ id, number, aliases, createdAt }) => (
          <button
            key={id}
            type="button"
            aria-current={id === version.id ? 'true' : undefined}
            className={cx(styles.version, id === version.id && styles.chosen)}
            onClick={() => onChoose(id)}
          >
            <span className="mono">v{number}</span>
            {aliases[0] !== undefined && (
              <span className={`ellipsis ${styles.alias}`} title={aliases.join(', ')}>
                {aliases[0]}
              </span>
            )}
            {aliases.length > 1 && <span className="meta">+{aliases.length - 1}</span>}
            <span className={styles.versionTime}>
              <RelativeTime at={createdAt} />
            </span>
          </button>
        ))}
      </nav>
      <div className={styles.versionBody}>
        <div className={styles.versionHead}>
          <h2>Version v{version.number}</h2>
          <WriteBack key={`write ${version.id}`} version={version} />
          <ExportVersion key={`export ${version.id}`} version={version} />
          <Button
            icon={<Play />}
            onClick={() => openLaunch({ jobId: version.jobId, versionId: version.id })}
          >
            Launch v{version.number}…
          </Button>
        </div>
        <VersionDetails
          key={version.id}
          version={version}
          versions={versions}
          view={view}
          onView={setView}
        />
      </div>
    </div>
  );
}
