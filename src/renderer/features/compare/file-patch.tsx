import { useMemo, useState } from 'react';
import type { FileChange, FileComparison } from '../../../shared/domain/comparison.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { cx } from '../../lib/cx.ts';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { patchLines, type PatchLine } from './patch.ts';
import styles from './compare.module.css';

/** Lines of a patch that are drawn before one asks for more. */
const SHOWN = 500;

const SIGNS: Readonly<Record<PatchLine['kind'], string>> = {
  added: '+',
  removed: '-',
  same: ' ',
  hunk: '',
};

const WHY: Readonly<Record<Exclude<FileComparison['kind'], 'text'>, string>> = {
  binary: 'One of them is not a text.',
  'too-large': 'They are too large to be compared here.',
  'too-different': 'They have too little in common to be compared line by line.',
};

function Patch({ patch, label }: { patch: string; label: string }) {
  const lines = useMemo(() => patchLines(patch), [patch]);
  const [shown, setShown] = useState(SHOWN);
  return (
    <div className={styles.patch} role="region" aria-label={label} tabIndex={0}>
      <div className={styles.patchBody}>
        {lines.slice(0, shown).map(({ kind, before, after, text }, index) => (
          <div key={index} className={cx('mono', styles.line, styles[kind])}>
            <span className={styles.number}>{before}</span>
            <span className={styles.number}>{after}</span>
            <span className={styles.sign}>{SIGNS[kind]}</span>
            <span className={`selectable ${styles.text}`}>{text}</span>
          </div>
        ))}
      </div>
      {lines.length > shown && (
        <Button look="quiet" onClick={() => setShown(shown + 10 * SHOWN)}>
          Show more of {formatCount(lines.length)} lines
        </Button>
      )}
    </div>
  );
}

interface Props {
  before: string;
  after: string;
  change: FileChange;
}

/** How one file differs, line by line. */
export function FilePatch({ before, after, change: { path, from } }: Props) {
  const { value, error } = useAnswer('compareFile', { before, after, path, ...(from && { from }) });
  if (error) return <ErrorNote error={error} />;
  if (!value) return <SkeletonRows label="Comparing" rows={3} />;
  if (value.kind !== 'text') return <p className={styles.why}>{WHY[value.kind]}</p>;
  if (value.patch === '') return <p className={styles.why}>The content is the same.</p>;
  return <Patch patch={value.patch} label={`Changes of ${path}`} />;
}
