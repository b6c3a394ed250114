import { ChevronRight } from 'lucide-react';
import { useMemo, useState, type CSSProperties } from 'react';
import type { TreeEntry } from '../../../shared/domain/snapshot.ts';
import { fileSize } from '../../../shared/units.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { cx } from '../../lib/cx.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import type { Column } from '../../ui/grid-model.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { FileText } from './file-text.tsx';
import { closedAtFirst, foundRows, treeRows, type TreeRow } from './file-tree.ts';
import styles from './files.module.css';

/** A larger tree is shown with its folders closed. */
const OPEN_AT_MOST = 200;
/** From so many files on a filter helps. */
const MANY = 8;

function Name({ row, isOpen }: { row: TreeRow; isOpen: boolean }) {
  const { path, name, depth, entry } = row;
  return (
    <span title={path} className={styles.entry} style={{ '--depth': depth } as CSSProperties}>
      {entry === null && (
        <ChevronRight
          size={14}
          aria-label={isOpen ? 'Open folder' : 'Closed folder'}
          className={cx(styles.chevron, isOpen && styles.open)}
        />
      )}
      <span className="ellipsis">
        {name}
        {entry?.kind === 'link' && <span className={styles.quiet}> → {entry.content}</span>}
      </span>
    </span>
  );
}

const columnsFor = (closed: ReadonlySet<string>): readonly Column<TreeRow>[] => [
  {
    id: 'path',
    title: 'File',
    width: 'minmax(0, 1fr)',
    cell: (row) => <Name row={row} isOpen={!closed.has(row.path)} />,
  },
  {
    id: 'size',
    title: 'Size',
    width: '72px',
    end: true,
    dim: true,
    cell: ({ entry, bytes, files }) =>
      entry === null ? formatCount(files) : entry.kind === 'link' ? 'link' : fileSize(bytes),
  },
];

const keyOf = ({ path }: TreeRow): string => path;

function Browser({ versionId, entries }: { versionId: string; entries: readonly TreeEntry[] }) {
  const [closed, setClosed] = useState(() => closedAtFirst(entries, OPEN_AT_MOST));
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<TreeEntry | null>(null);
  const rows = useMemo(
    () => (filter.trim() ? foundRows(entries, filter) : treeRows(entries, closed)),
    [entries, closed, filter],
  );
  const columns = useMemo(() => columnsFor(closed), [closed]);
  const open = ({ entry, path }: TreeRow): void => {
    if (entry) return setChosen(entry);
    const next = new Set(closed);
    if (!next.delete(path)) next.add(path);
    setClosed(next);
  };
  return (
    <div className={styles.body}>
      <div className={styles.list}>
        {entries.length >= MANY && (
          <div className={styles.filter}>
            <SearchField label="Find a file" value={filter} onChange={setFilter} />
          </div>
        )}
        <DataGrid
          label="Files of this version"
          rows={rows}
          rowKey={keyOf}
          columns={columns}
          onOpen={open}
          selectedKey={chosen?.path ?? ''}
        />
      </div>
      <FileText key={chosen?.path ?? ''} versionId={versionId} entry={chosen} />
    </div>
  );
}

/** The files of a version in their folders, and the text of the chosen one beside them. */
export function VersionFiles({ versionId }: { versionId: string }) {
  const { value, error } = useAnswer('versionFiles', { versionId });
  if (error) return <ErrorNote error={error} />;
  if (!value) return <SkeletonRows label="Reading files" rows={4} />;
  const count = value.entries.filter(({ kind }) => kind !== 'directory').length;
  return (
    <section aria-label="Files" className={styles.files}>
      <h2 className={styles.head}>
        Files{' '}
        <span className="meta">
          {value.more ? `the first ${formatCount(count)}` : plural(count, 'file')}
        </span>
      </h2>
      <Browser key={versionId} versionId={versionId} entries={value.entries} />
    </section>
  );
}
