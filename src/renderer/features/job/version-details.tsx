import type { JobVersion } from '../../../shared/domain/job.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { formatBytes, formatExact, plural } from '../../lib/format.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { VersionFiles } from './version-files.tsx';
import styles from './job.module.css';

const SHORT = 12;

function Environment({ version }: { version: JobVersion }) {
  const { dependencies, requirements } = version.environment;
  const lines = requirements.split('\n').filter((line) => line.trim() !== '');
  if (!dependencies) return <>No dependencies named</>;
  return (
    <>
      <span className="mono">{dependencies.path}</span>
      {lines.length > 0 && (
        <pre className={`mono ${styles.requirements}`} aria-label="Requirements">
          {lines.join('\n')}
        </pre>
      )}
    </>
  );
}

/** Everything that makes a version what it is. */
export function VersionDetails({ version }: { version: JobVersion }) {
  const { source, digest } = version;
  return (
    <>
      <Facts>
        <Fact name="Entry point">
          <span className="mono">{formatCommand(version.entryPoint)}</span>
        </Fact>
        <Fact name="Source">
          <span className="mono">{source.folder}</span>
          <span className={styles.sub}>
            Frozen {formatExact(version.createdAt)}: {plural(source.files, 'file')},{' '}
            {formatBytes(source.bytes)}
          </span>
        </Fact>
        <Fact name="Environment">
          <Environment version={version} />
        </Fact>
        <Fact name="Digest">
          <span className={styles.copyable}>
            <span className="mono" title={digest}>
              {digest.slice(0, SHORT)}
            </span>
            <CopyButton text={digest} label="Copy digest" />
          </span>
        </Fact>
      </Facts>
      <VersionFiles versionId={version.id} />
    </>
  );
}
