import { fileURLToPath } from 'node:url';
import { createCore, type Core } from '../../create-core.ts';

const resources = fileURLToPath(new URL('../../../../resources', import.meta.url));

/** The whole core on a data folder, as `slipway serve` opens it, without a container engine. */
export const openTestCore = (dataDir: string): Core =>
  createCore({
    dataDir,
    workers: {
      snapshots: new URL('../../snapshots/worker.ts', import.meta.url),
      runReader: new URL('../../imports/read-worker.ts', import.meta.url),
      runList: new URL('../../run-list/list-worker.ts', import.meta.url),
      logSearch: new URL('../../logs/search/search-worker.ts', import.meta.url),
      care: new URL('../../host/care-worker.ts', import.meta.url),
    },
    resources,
    dockerHost: 'unix:///none.sock',
    role: 'serve',
  });
