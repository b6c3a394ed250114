import type { JobVersion } from '../../../shared/domain/job.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { NoteList } from '../detection/environment-facts.tsx';
import { FoundLists } from '../detection/found-lists.tsx';
import { TypeTree } from './type-tree.tsx';
import styles from './job.module.css';

function Found({ versionId }: { versionId: string }) {
  const { value, error } = useAnswer('versionDetection', { versionId });
  if (error) return <ErrorNote error={error} />;
  if (!value) return <SkeletonRows label="Reading the code" rows={4} />;
  return (
    <>
      <NoteList notes={value.notes} />
      <FoundLists detection={value} />
    </>
  );
}

function Types({ types }: { types: NonNullable<JobVersion['types']> }) {
  return (
    <div className={styles.types}>
      <section aria-label="Input types">
        <h2>Input types</h2>
        <TypeTree type={types.inputs} />
      </section>
      <section aria-label="Output types">
        <h2>Output types</h2>
        <TypeTree type={types.outputs} />
      </section>
    </div>
  );
}

/** What a version takes and what it gives: as its run had it, and as its code says. */
export function VersionInputs({ version }: { version: JobVersion }) {
  const { types, source } = version;
  return (
    <div className={styles.part}>
      {types && <Types types={types} />}
      {source.kind !== 'image' && <Found versionId={version.id} />}
      {source.kind === 'image' && !types && (
        <p className={styles.noFiles}>
          What an image takes cannot be told from outside. The types appear here once a run of it
          was imported.
        </p>
      )}
    </div>
  );
}
