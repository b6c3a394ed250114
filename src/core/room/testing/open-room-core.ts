import { fileURLToPath } from 'node:url';
import { createCore, type Core } from '../../create-core.ts';

const from = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** A core on a data folder. Without an address there is no Docker engine. */
export const openRoomCore = (dataDir: string, dockerHost = 'unix:///none.sock'): Core =>
  createCore({
    dataDir,
    dockerHost,
    workers: {
      snapshots: from('snapshots/worker.ts'),
      runReader: from('imports/read-worker.ts'),
      runList: from('run-list/list-worker.ts'),
      logSearch: from('logs/search/search-worker.ts'),
      care: from('host/care-worker.ts'),
    },
    resources: fileURLToPath(new URL('../../../../resources', import.meta.url)),
  });
