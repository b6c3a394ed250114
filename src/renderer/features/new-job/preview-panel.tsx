import { useState } from 'react';
import type { SnapshotPreview } from '../../../shared/domain/snapshot.ts';
import { fileSize } from '../../../shared/units.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { EntryRow, LeftOutRow } from './preview-rows.tsx';
import { Secrets } from './secrets.tsx';
import styles from './new-job.module.css';

interface Props {
  preview: SnapshotPreview;
  includeSecrets: readonly string[];
  onToggleSecret: (path: string) => void;
}

const VIEWS = [
  { id: 'top', title: 'Top level' },
  { id: 'largest', title: 'Largest' },
] as const;

function GoesIn({ preview }: { preview: SnapshotPreview }) {
  const [view, setView] = useState<'top' | 'largest'>('top');
  const entries = view === 'top' ? preview.topLevel : preview.largest;
  const most = preview.largest[0]?.size ?? 0;
  return (
    <section aria-labelledby="goes-in">
      <div className={styles.head}>
        <h2 id="goes-in">Goes in</h2>
        <span className="meta">
          {plural(preview.files, 'file')}, {fileSize(preview.bytes)}
        </span>
        <Segmented label="Show" value={view} options={VIEWS} onChange={setView} />
      </div>
      {preview.files === 0 && (
        <p className={styles.lead}>
          Nothing: every file of this folder is left out, or it is empty.
        </p>
      )}
      <ul>
        {entries.map((entry) => (
          <EntryRow key={entry.path} entry={entry} most={view === 'largest' ? most : 0} />
        ))}
      </ul>
    </section>
  );
}

function LeftOut({ preview }: { preview: SnapshotPreview }) {
  const entries = preview.leftOut.filter(({ reason }) => reason !== 'secret');
  if (entries.length === 0) return null;
  const secrets = preview.leftOut.length - entries.length;
  const hidden = preview.leftOutCount - preview.leftOut.length;
  return (
    <section aria-labelledby="left-out">
      <div className={styles.head}>
        <h2 id="left-out">Left out</h2>
        <span className="meta">{formatCount(preview.leftOutCount - secrets)} by rule</span>
      </div>
      <ul>
        {entries.map((entry) => (
          <LeftOutRow key={entry.path} entry={entry} />
        ))}
      </ul>
      {hidden > 0 && <p className="meta">and {formatCount(hidden)} more</p>}
    </section>
  );
}

/** What a snapshot would hold, what not and why. */
export function PreviewPanel({ preview, includeSecrets, onToggleSecret }: Props) {
  return (
    <>
      <Secrets
        leftOut={preview.leftOut.filter(({ reason }) => reason === 'secret')}
        included={includeSecrets}
        onToggle={onToggleSecret}
      />
      <GoesIn preview={preview} />
      <LeftOut preview={preview} />
      {preview.notes.length > 0 && (
        <section aria-labelledby="notes">
          <div className={styles.head}>
            <h2 id="notes">Good to know</h2>
          </div>
          <ul className={styles.notes}>
            {preview.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
