import { FolderOutput } from 'lucide-react';
import type { JobVersion } from '../../../shared/domain/job.ts';
import { call } from '../../bridge/client.ts';
import { useOperation } from '../../bridge/use-operation.ts';
import { plural } from '../../lib/format.ts';
import { notify } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import styles from './job.module.css';

/** Writes a version into a folder, as it was frozen. */
export function WriteBack({ version }: { version: JobVersion }) {
  const operation = useOperation();
  const write = async (): Promise<void> => {
    const written = await operation.run((operationId) =>
      call('writeVersionBack', { versionId: version.id, operationId }),
    );
    if (written) notify(`Wrote ${plural(written.files, 'file')} to ${written.folder}.`);
  };
  return (
    <>
      {/* Before the first progress the system's dialog is open, which has its own cancel. */}
      {operation.running && operation.progress ? (
        <div className={styles.writing}>
          <Progress
            label={`Writing v${version.number}`}
            progress={operation.progress}
            onCancel={operation.cancel}
          />
        </div>
      ) : (
        <Button
          icon={<FolderOutput />}
          disabled={operation.running}
          onClick={() => void write()}
          title="Writes the files of this version into an empty folder, byte for byte"
        >
          Write to a folder…
        </Button>
      )}
      {operation.error && (
        <div className={styles.writeError}>
          <ErrorNote error={operation.error} />
        </div>
      )}
    </>
  );
}
