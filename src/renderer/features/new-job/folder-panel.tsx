import { useState } from 'react';
import type { SnapshotPreview } from '../../../shared/domain/snapshot.ts';
import { cx } from '../../lib/cx.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { FoundPanel } from '../detection/found-panel.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import type { Inspecting } from './use-inspection.ts';
import styles from './new-job.module.css';

const VIEWS = [
  { id: 'files', title: 'Files' },
  { id: 'found', title: 'Environment and parameters' },
] as const;

interface Props {
  preview: SnapshotPreview;
  /** A newer preview is being read. */
  stale: boolean;
  includeSecrets: readonly string[];
  onToggleSecret: (path: string) => void;
  inspecting: Inspecting;
}

function Found({ inspecting: { inspection, operation } }: { inspecting: Inspecting }) {
  return (
    <>
      {operation.running && (
        <Progress
          label="Reading the code"
          progress={operation.progress}
          onCancel={operation.cancel}
        />
      )}
      {operation.error && <ErrorNote error={operation.error} />}
      {inspection && <FoundPanel inspection={inspection} stale={operation.running} />}
    </>
  );
}

/** What a snapshot would hold, and what was found out about it. */
export function FolderPanel({ preview, stale, inspecting, ...secrets }: Props) {
  const [view, setView] = useState<'files' | 'found'>('files');
  return (
    <div
      className={cx(styles.preview, stale && styles.stale)}
      aria-busy={stale}
      role="region"
      aria-label="Preview"
    >
      <div className={styles.panelHead}>
        <p className={`meta selectable ellipsis ${styles.folder}`} title={preview.folder}>
          {preview.folder}
        </p>
        <Segmented label="Look at" value={view} options={VIEWS} onChange={setView} />
      </div>
      {view === 'files' ? (
        <PreviewPanel preview={preview} {...secrets} />
      ) : (
        <Found inspecting={inspecting} />
      )}
    </div>
  );
}
