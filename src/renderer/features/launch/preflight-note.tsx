import { TriangleAlert } from 'lucide-react';
import type { ErrorData } from '../../../shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { errorText } from '../../ui/error-note.tsx';
import styles from './preflight.module.css';

interface Props {
  error: ErrorData;
  /** Absent when the rewrite was tried, and is refused as well. */
  onRewrite?: (() => void) | undefined;
}

const FINDING = /^line (\d+): (.*)$/;

function Finding({ text }: { text: string }) {
  const [, line, words] = FINDING.exec(text) ?? [];
  return (
    <li className={styles.finding}>
      <span className={`mono ${styles.line}`}>{line ? `line ${line}` : ''}</span>
      <span className="selectable">{words ?? text}</span>
    </li>
  );
}

/** What the engine cannot build, line by line, and the way round it. */
export function PreflightNote({ error, onRewrite }: Props) {
  const findings = (error.detail ?? '').split('\n').filter((line) => line.trim() !== '');
  return (
    <div role="alert" className={styles.note}>
      <TriangleAlert size={16} aria-hidden="true" className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.message}>{error.message}</p>
        {error.next && <p className={styles.next}>{error.next}</p>}
        {findings.length > 0 && (
          <ul aria-label="Findings" className={styles.findings}>
            {findings.map((finding) => (
              <Finding key={finding} text={finding} />
            ))}
          </ul>
        )}
        <div className={styles.actions}>
          {onRewrite && <Button onClick={onRewrite}>Build the rewrite</Button>}
          <CopyButton text={errorText(error)} label="Copy findings" words="Copy" />
        </div>
      </div>
    </div>
  );
}
