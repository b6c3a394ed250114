import { useState } from 'react';
import type { InputSchema } from '../../../shared/domain/inputs.ts';
import type { JobVersion } from '../../../shared/domain/job.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { NoteList } from '../detection/environment-facts.tsx';
import { FoundOutputs } from '../detection/found-lists.tsx';
import detection from '../detection/detection.module.css';
import { InputTable } from './input-table.tsx';
import { PresetList } from './preset-list.tsx';
import { TypeTree } from './type-tree.tsx';
import styles from './job.module.css';

/** Files that an image holds, and what its program takes, cannot be told from outside. */
const NONE = {
  image:
    'What an image takes cannot be told from outside. Attach a schema when the job is made, or import a run of it.',
  other: 'None: the code reads no arguments, configuration or environment that Slipway recognises.',
} as const;

function Fields({ schema, isImage }: { schema: InputSchema; isImage: boolean }) {
  const { fields } = schema;
  return (
    <section aria-labelledby="inputs" className={detection.section}>
      <h2 id="inputs">
        Inputs {fields.length > 0 && <span className="meta">{fields.length}</span>}
      </h2>
      {fields.length > 0 ? (
        <InputTable fields={fields} />
      ) : (
        <p className={styles.noFiles}>{NONE[isImage ? 'image' : 'other']}</p>
      )}
    </section>
  );
}

function Inputs({ version }: { version: JobVersion }) {
  const { value, error } = useAnswer('versionInputs', { versionId: version.id });
  const [removed, setRemoved] = useState<readonly string[]>([]);
  if (error) return <ErrorNote error={error} />;
  if (!value) return <SkeletonRows label="Reading the code" rows={4} />;
  return (
    <>
      <NoteList notes={value.notes} />
      <Fields schema={value} isImage={version.source.kind === 'image'} />
      <PresetList
        jobId={version.jobId}
        presets={value.presets.filter(
          ({ kind, name }) => kind === 'file' || !removed.includes(name),
        )}
        onRemoved={(name) => setRemoved((have) => [...have, name])}
      />
    </>
  );
}

/** What the code writes, as far as it says so. */
function Outputs({ versionId }: { versionId: string }) {
  const { value } = useAnswer('versionDetection', { versionId });
  return value && <FoundOutputs outputs={value.outputs} />;
}

/** The JSON Schema that came with the version, as it is. */
function AttachedSchema({ schema }: { schema: NonNullable<JobVersion['inputSchema']> }) {
  const text = JSON.stringify(schema, null, 2);
  return (
    <section aria-label="Attached schema" className={detection.section}>
      <div className={styles.dockerfileHead}>
        <h2>Attached schema</h2>
        <CopyButton text={text} label="Copy schema" words="Copy" />
      </div>
      <pre className={`mono selectable ${styles.dockerfileText}`} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

/** What a version takes and what it gives: as its code, its schema and its run say. */
export function VersionInputs({ version }: { version: JobVersion }) {
  const { types, source } = version;
  return (
    <div className={styles.part}>
      <Inputs version={version} />
      {source.kind !== 'image' && <Outputs versionId={version.id} />}
      {types && (
        <section aria-label="Input types" className={detection.section}>
          <h2>Input types</h2>
          <TypeTree type={types.inputs} />
        </section>
      )}
      {types && (
        <section aria-label="Output types" className={detection.section}>
          <h2>Output types</h2>
          <TypeTree type={types.outputs} />
        </section>
      )}
      {version.inputSchema && <AttachedSchema schema={version.inputSchema} />}
    </div>
  );
}
