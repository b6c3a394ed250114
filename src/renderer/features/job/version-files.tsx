import { useEffect, useMemo, useState } from 'react';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import type { TreeEntry } from '../../../shared/domain/snapshot.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { fileSize } from '../../../shared/units.ts';
import { plural } from '../../lib/format.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import type { Column } from '../../ui/grid-model.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { FileText } from './file-text.tsx';
import styles from './job.module.css';

const COLUMNS: readonly Column<TreeEntry>[] = [
  {
    id: 'path',
    title: 'File',
    width: 'minmax(0, 1fr)',
    cell: ({ path, kind, content }) => (
      <span title={path}>
        {path}
        {kind === 'link' && <span className={styles.linkTarget}> → {content}</span>}
      </span>
    ),
    sort: (a, b) => (a.path < b.path ? -1 : 1),
  },
  {
    id: 'size',
    title: 'Size',
    width: '72px',
    end: true,
    dim: true,
    cell: ({ kind, size }) => (kind === 'file' ? fileSize(size) : kind),
    sort: (a, b) => a.size - b.size,
  },
];

const keyOf = (entry: TreeEntry): string => entry.path;

/** The files of a version, and the text of the chosen one beside them. */
export function VersionFiles({ versionId }: { versionId: string }) {
  const [found, setFound] = useState<CommandOutput<'versionFiles'> | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const [chosen, setChosen] = useState<TreeEntry | null>(null);
  useEffect(() => {
    let here = true;
    void call('versionFiles', { versionId }).then((result) => {
      if (!here) return;
      if (result.ok) setFound(result.value);
      else setError(result.error);
    });
    return () => {
      here = false;
    };
  }, [versionId]);
  const files = useMemo(() => found?.entries.filter(({ kind }) => kind !== 'directory'), [found]);

  if (error) return <ErrorNote error={error} />;
  if (!files) return <SkeletonRows label="Reading files" rows={4} />;
  return (
    <section aria-label="Files" className={styles.files}>
      <h2 className={styles.filesHead}>
        Files{' '}
        <span className="meta">
          {found?.more ? `the first ${files.length}` : plural(files.length, 'file')}
        </span>
      </h2>
      <div className={styles.filesBody}>
        <div className={styles.filesGrid}>
          <DataGrid
            label="Files of this version"
            rows={files}
            rowKey={keyOf}
            columns={COLUMNS}
            onOpen={setChosen}
            selectedKey={chosen?.path ?? ''}
          />
        </div>
        <FileText versionId={versionId} entry={chosen} />
      </div>
    </section>
  );
}
