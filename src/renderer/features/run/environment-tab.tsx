import { useEffect, useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { loadJob } from '../../bridge/sync.ts';
import { ENGINE_NAMES, ENGINE_TEXTS } from '../../stores/engines.ts';
import { useEntities } from '../../stores/entities.ts';
import { isActive } from '../../stores/run-states.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import page from '../frame/page.module.css';
import { VersionBuild } from '../job/version-build.tsx';
import styles from './run.module.css';

/** What the run executed in, and why it was made or not. */
function Executed({ run }: { run: Run }) {
  const { engine, environment } = run;
  const isProcess = engine === 'process';
  return (
    <section aria-label="Executed in" className={page.section}>
      <Facts>
        <Fact name="Engine">
          {engine && ENGINE_NAMES[engine]}
          <span className={styles.because}>{engine && ENGINE_TEXTS[engine]}</span>
        </Fact>
        <Fact name={isProcess ? 'Virtual environment' : 'Image'}>
          {environment ? (
            <>
              <Copyable text={environment.name} label="Copy name of the environment" />
              <span className={styles.because}>
                {environment.reused ? 'Reused' : 'Built'}: {environment.because}
              </span>
            </>
          ) : isActive(run) ? (
            'Not ready yet'
          ) : (
            'The run ended before it was ready'
          )}
          {run.rewrite && (
            <span className={styles.because}>
              Its Dockerfile was rewritten for this engine; the file itself stayed as it is
            </span>
          )}
        </Fact>
      </Facts>
    </section>
  );
}

/** What the version says of it: Python, packages as frozen, base image, Dockerfile. */
function Plan({ run }: { run: Run }) {
  const { jobId, versionId } = run;
  const version = useEntities((all) => all.versions[versionId]);
  const [error, setError] = useState<ErrorData | null>(null);
  const isKnown = version !== undefined;
  useEffect(() => {
    if (!isKnown) void loadJob(jobId).then(setError);
  }, [isKnown, jobId]);
  if (error) return <ErrorNote error={error} />;
  return version ? (
    <VersionBuild version={version} />
  ) : (
    <SkeletonRows label="Reading the version" />
  );
}

/** All that a run was executed in. */
export function EnvironmentTab({ run }: { run: Run }) {
  if (run.engine === null) {
    return (
      <Empty title="Not executed here">
        Another tool executed this run: what it ran in is in its config, as far as it was recorded.
      </Empty>
    );
  }
  return (
    <div className={page.scroll}>
      <div className={page.column}>
        <Executed run={run} />
        <Plan run={run} />
      </div>
    </div>
  );
}
