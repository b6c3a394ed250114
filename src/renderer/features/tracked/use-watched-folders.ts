import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/result.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { WatchedFolder } from '../../../shared/domain/tracked.ts';
import { call } from '../../bridge/client.ts';

export interface Watching {
  /** Null until they are read. */
  folders: readonly WatchedFolder[] | null;
  error: ErrorData | null;
  watch(folder: string, project: string, enabled: boolean): Promise<void>;
  remove(folder: string): Promise<void>;
}

/** The folders whose runs are imported by themselves. */
export function useWatchedFolders(): Watching {
  const [folders, setFolders] = useState<readonly WatchedFolder[] | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const take = (result: Result<readonly WatchedFolder[]>): void => {
    setError(result.ok ? null : result.error);
    if (result.ok) setFolders(result.value);
  };
  useEffect(() => void call('listWatchedFolders', {}).then(take), []);
  return {
    folders,
    error,
    watch: async (folder, project, enabled) =>
      take(await call('watchFolder', { folder, project, enabled })),
    remove: async (folder) => take(await call('unwatchFolder', { folder })),
  };
}
