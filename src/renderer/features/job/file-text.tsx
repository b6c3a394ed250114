import { useEffect, useState } from 'react';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import type { TreeEntry } from '../../../shared/domain/snapshot.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import styles from './job.module.css';

interface Props {
  versionId: string;
  entry: TreeEntry | null;
}

type Answer = { path: string; file?: CommandOutput<'versionFileText'>; error?: ErrorData };

/** A line number for each line of a text. */
const numbersFor = (text: string): string =>
  Array.from(
    { length: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) },
    (_, i) => i + 1,
  ).join('\n');

/** The text of one file of a version. */
export function FileText({ versionId, entry }: Props) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const path = entry?.kind === 'file' ? entry.path : null;
  useEffect(() => {
    if (path === null) return;
    let here = true;
    void call('versionFileText', { versionId, path }).then((result) => {
      if (here) setAnswer(result.ok ? { path, file: result.value } : { path, error: result.error });
    });
    return () => {
      here = false;
    };
  }, [versionId, path]);

  if (!entry) return <p className={styles.fileHint}>Choose a file to read it as it was frozen.</p>;
  if (entry.kind === 'link') return <p className={styles.fileHint}>A link to {entry.content}</p>;
  if (answer?.path !== path) return <div className={styles.fileHint} aria-busy="true" />;
  if (answer.error) return <ErrorNote error={answer.error} />;
  const { text = '', binary, truncated } = answer.file ?? {};
  if (binary) return <p className={styles.fileHint}>Not a text: it cannot be shown here.</p>;
  return (
    <div className={styles.fileText} role="region" aria-label={`Text of ${path}`} tabIndex={0}>
      {truncated && <p className={styles.truncated}>Only the beginning is shown.</p>}
      <div className={styles.code}>
        <pre aria-hidden="true" className={styles.codeNumbers}>
          {numbersFor(text)}
        </pre>
        <pre className="selectable">{text}</pre>
      </div>
    </div>
  );
}
