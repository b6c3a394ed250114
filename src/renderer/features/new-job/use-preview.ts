import { useEffect, useState } from 'react';
import type { SnapshotPreview } from '../../../shared/domain/snapshot.ts';
import { call } from '../../bridge/client.ts';
import { useOperation, type Operation } from '../../bridge/use-operation.ts';

export interface Preview {
  operation: Operation;
  preview: SnapshotPreview | null;
  /** Secrets the person chose to include. */
  includeSecrets: readonly string[];
  toggleSecret(path: string): void;
  /** Reads the folder again. */
  again(): void;
}

/** What a snapshot of the folder would hold, read again whenever a secret is put in or out. */
export function usePreview(folder: string): Preview {
  const operation = useOperation();
  const { run } = operation;
  const [preview, setPreview] = useState<SnapshotPreview | null>(null);
  const [includeSecrets, setIncludeSecrets] = useState<readonly string[]>([]);
  const [round, setRound] = useState(0);

  useEffect(() => {
    void run((operationId) =>
      call('previewFolder', { folder, operationId, includeSecrets: [...includeSecrets] }),
    ).then((value) => value && setPreview(value));
  }, [folder, includeSecrets, round, run]);

  return {
    operation,
    preview,
    includeSecrets,
    toggleSecret: (path) =>
      setIncludeSecrets((have) =>
        have.includes(path) ? have.filter((other) => other !== path) : [...have, path],
      ),
    again: () => setRound((have) => have + 1),
  };
}
