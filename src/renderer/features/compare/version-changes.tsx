import { useState } from 'react';
import type { Comparison } from '../../../shared/domain/comparison.ts';
import type { JobVersion } from '../../../shared/domain/job.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { FieldChanges } from './field-changes.tsx';
import { FileChanges } from './file-changes.tsx';
import styles from './compare.module.css';

function Requirements({ lines }: { lines: Comparison['environment']['requirements'] }) {
  const { added, removed } = lines;
  if (added.length + removed.length === 0) return null;
  return (
    <section aria-label="Requirements" className={styles.section}>
      <h2>Requirements</h2>
      <ul>
        {removed.map((line) => (
          <li key={line} className={`mono selectable ${styles.requirement} ${styles.removed}`}>
            - {line}
          </li>
        ))}
        {added.map((line) => (
          <li key={line} className={`mono selectable ${styles.requirement} ${styles.added}`}>
            + {line}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Everything that two versions differ in. */
export function Differences({ before, after }: { before: string; after: string }) {
  const { value, error } = useAnswer('compareVersions', { before, after });
  if (error) return <ErrorNote error={error} />;
  if (!value) return <SkeletonRows label="Comparing" rows={6} />;
  if (value.same) return <Empty title="No difference">Both hold exactly the same.</Empty>;
  const { source, entryPoint, build, environment, inputs, outputs, files } = value;
  return (
    <>
      <FieldChanges title="Source" fields={source} />
      <FieldChanges title="Start" fields={entryPoint ? [entryPoint] : []} />
      <FieldChanges title="Build" fields={build} />
      <FieldChanges title="Environment" fields={environment.fields} />
      <Requirements lines={environment.requirements} />
      <FieldChanges title="Inputs" fields={inputs} />
      <FieldChanges title="Outputs" fields={outputs} />
      {files ? (
        <FileChanges before={before} after={after} files={files} />
      ) : (
        <p className={styles.why}>Files cannot be compared: an image brings its own.</p>
      )}
    </>
  );
}

interface Props {
  version: JobVersion;
  /** All versions of the job, newest first. */
  versions: readonly JobVersion[];
}

/** What a version differs in from another one; the one before it, unless another is chosen. */
export function VersionChanges({ version, versions }: Props) {
  const others = versions.filter(({ id }) => id !== version.id);
  const earlier = others.find(({ number }) => number < version.number);
  const [chosen, setChosen] = useState<string | null>(null);
  const other = others.find(({ id }) => id === chosen) ?? earlier ?? others[0];
  if (!other) {
    return <Empty title="The only version">There is no other one to compare it with.</Empty>;
  }
  return (
    <div className={styles.changes}>
      <div className={styles.with}>
        <SelectField
          label="Compared with"
          value={other.id}
          options={others.map(({ id, number, aliases }) => ({
            id,
            title: `Version v${number}`,
            meta: aliases.join(', '),
          }))}
          onChange={setChosen}
        />
      </div>
      <Differences before={other.id} after={version.id} />
    </div>
  );
}
