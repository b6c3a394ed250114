import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { FileChange, TreeComparison } from '../../../shared/domain/comparison.ts';
import { cx } from '../../lib/cx.ts';
import { fileSize } from '../../../shared/units.ts';
import { formatCount } from '../../lib/format.ts';
import { FilePatch } from './file-patch.tsx';
import styles from './compare.module.css';

const WORDS: Readonly<Record<FileChange['change'], string>> = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
  renamed: 'Renamed',
};

function sizeWords({ before, after }: FileChange): string {
  const sizes = [before, after].map((side) => side?.kind === 'file' && fileSize(side.size));
  const [was, is] = sizes;
  if (was && is && was !== is) return `${was} → ${is}`;
  return is || was || (after ?? before)?.kind || '';
}

/** Only files have lines; the mode of one that is the same otherwise is said in words. */
const hasLines = ({ before, after, contentDiffers }: FileChange): boolean =>
  contentDiffers && [before, after].every((side) => side === null || side.kind === 'file');

function modeWords({ before, after }: FileChange): string {
  if (!before || !after || before.executable === after.executable) return '';
  return after.executable ? 'now executable' : 'no longer executable';
}

interface RowProps {
  before: string;
  after: string;
  change: FileChange;
}

function Row({ before, after, change }: RowProps) {
  const [open, setOpen] = useState(false);
  const { path, from } = change;
  const lines = hasLines(change);
  return (
    <li className={styles.file}>
      <button
        type="button"
        disabled={!lines}
        aria-expanded={lines ? open : undefined}
        className={styles.fileHead}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={cx(styles.chevron, open && styles.open, !lines && styles.hidden)}
        />
        <span className={cx(styles.change, styles[`is-${change.change}`])}>
          {WORDS[change.change]}
        </span>
        <span className={`mono ellipsis ${styles.path}`} title={path}>
          {from && <span className={styles.none}>{from} → </span>}
          {path}
        </span>
        <span className="meta">
          {[modeWords(change), sizeWords(change)].filter(Boolean).join(', ')}
        </span>
      </button>
      {open && <FilePatch before={before} after={after} change={change} />}
    </li>
  );
}

const countWords = (counts: TreeComparison['counts']): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([change, count]) => `${formatCount(count)} ${change}`)
    .join(', ');

interface Props {
  before: string;
  after: string;
  files: TreeComparison;
}

/** The files that differ; each opens to its lines. */
export function FileChanges({ before, after, files }: Props) {
  const { changes, counts } = files;
  if (changes.length === 0) return null;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <section aria-label="Files that differ" className={styles.section}>
      <h2>
        Files <span className="meta">{countWords(counts)}</span>
      </h2>
      <ul>
        {changes.map((change) => (
          <Row key={change.path} before={before} after={after} change={change} />
        ))}
      </ul>
      {all > changes.length && <p className="meta">and {formatCount(all - changes.length)} more</p>}
    </section>
  );
}
