import type { GitSource, ImageSource, Source } from '../../../shared/domain/job.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { fileSize } from '../../../shared/units.ts';
import { formatExact, plural } from '../../lib/format.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact } from '../../ui/facts.tsx';
import styles from './job.module.css';

const SHORT_COMMIT = 10;
/** `sha256:` and twelve digits. */
const SHORT_DIGEST = 19;

const Frozen = ({ files, bytes, at }: { files: number; bytes: number; at: number }) => (
  <span className={styles.sub}>
    Frozen {formatExact(at)}: {plural(files, 'file')}, {fileSize(bytes)}
  </span>
);

function GitFacts({ source, at }: { source: GitSource; at: number }) {
  const { remote, ref, commit, dirty } = source;
  return (
    <>
      <Fact name="Repository">
        <span className="mono">{remote}</span>
        <Frozen {...source} at={at} />
      </Fact>
      <Fact name="Commit">
        <Copyable text={commit} shown={commit.slice(0, SHORT_COMMIT)} label="Copy commit" />
        <span className={styles.sub}>{ref === null ? 'of the default branch' : `of ${ref}`}</span>
        {dirty && (
          <span className={styles.dirty}>
            With changes that were not committed
            {dirty.untracked.length > 0 &&
              `, and ${plural(dirty.untracked.length, 'file')} that git does not track`}
          </span>
        )}
      </Fact>
    </>
  );
}

function ImageFacts({ source }: { source: ImageSource }) {
  const { reference, digest, local, platform, command } = source;
  return (
    <>
      <Fact name="Image">
        <Copyable text={reference} label="Copy image reference" />
      </Fact>
      <Fact name="Image digest">
        <Copyable text={digest} shown={digest.slice(0, SHORT_DIGEST)} label="Copy image digest" />
        {local && (
          <span className={styles.dirty}>Only on this computer: no registry has this image</span>
        )}
      </Fact>
      <Fact name="Platform">{platform}</Fact>
      <Fact name="Starts by itself">
        {command.length > 0 ? (
          <span className="mono">{formatCommand(command)}</span>
        ) : (
          'Nothing: it needs an entry point'
        )}
      </Fact>
    </>
  );
}

/** Where the code of a version comes from. */
export function SourceFacts({ source, at }: { source: Source; at: number }) {
  if (source.kind === 'git') return <GitFacts source={source} at={at} />;
  if (source.kind === 'image') return <ImageFacts source={source} />;
  return (
    <Fact name="Source">
      {source.folder === null ? (
        'Files that came with it'
      ) : (
        <span className="mono">{source.folder}</span>
      )}
      <Frozen {...source} at={at} />
    </Fact>
  );
}
