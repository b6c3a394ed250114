import type { JobVersion } from '../../../shared/domain/job.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { VersionChanges } from '../compare/version-changes.tsx';
import { Aliases } from './aliases.tsx';
import { SourceFacts } from './source-facts.tsx';
import { VersionBuild } from './version-build.tsx';
import { VersionFiles } from './version-files.tsx';
import { VersionInputs } from './version-inputs.tsx';
import styles from './job.module.css';

const SHORT = 12;

export type View = 'overview' | 'inputs' | 'build' | 'changes';

const VIEWS: readonly { id: View; title: string }[] = [
  { id: 'overview', title: 'Overview' },
  { id: 'inputs', title: 'Inputs and outputs' },
  { id: 'build', title: 'Environment and build' },
  { id: 'changes', title: 'Changes' },
];

function VersionOverview({ version }: { version: JobVersion }) {
  const { source, digest, entryPoint } = version;
  return (
    <>
      <Facts>
        <Fact name="Entry point">
          {entryPoint.length > 0 ? (
            <span className="mono">{formatCommand(entryPoint)}</span>
          ) : (
            'The image’s own'
          )}
        </Fact>
        <SourceFacts source={source} at={version.createdAt} />
        <Fact name="Aliases">
          <Aliases version={version} />
        </Fact>
        <Fact name="Digest">
          <Copyable text={digest} shown={digest.slice(0, SHORT)} label="Copy digest" />
        </Fact>
      </Facts>
      {source.kind === 'image' ? (
        <p className={styles.noFiles}>
          An image brings its own files: there are none to show, and nothing to build.
        </p>
      ) : (
        <VersionFiles versionId={version.id} />
      )}
    </>
  );
}

interface Props {
  version: JobVersion;
  /** All versions of the job, newest first. */
  versions: readonly JobVersion[];
  view: View;
  onView: (view: View) => void;
}

/** Everything that makes a version what it is. */
export function VersionDetails({ version, versions, view, onView }: Props) {
  return (
    <>
      <div className={styles.views}>
        <Segmented label="Part" value={view} options={VIEWS} onChange={onView} />
      </div>
      {view === 'overview' && <VersionOverview version={version} />}
      {view === 'inputs' && <VersionInputs version={version} />}
      {view === 'build' && <VersionBuild version={version} />}
      {view === 'changes' && <VersionChanges version={version} versions={versions} />}
    </>
  );
}
