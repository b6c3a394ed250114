import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings.ts';
import type { AppError } from '../../shared/errors.ts';
import { systemClock } from '../clock.ts';
import { listBackups } from '../db/backups.ts';
import { createDockerEngine } from '../engines/docker/create-docker-engine.ts';
import { createProcessEngine } from '../engines/process/create-process-engine.ts';
import { placesIn } from '../open-stores.ts';
import { openSnapshots } from '../snapshots/open-snapshots.ts';
import { careOn, type Care } from './care-task.ts';
import { wrong, type Check } from './checks/check.ts';
import { contentCheck, restorableCheck } from './checks/database-checks.ts';
import { dataFolderCheck, filesCheck, spaceCheck } from './checks/folder-checks.ts';
import { Doctor } from './doctor.ts';
import { EngineChooser } from './engine-chooser.ts';

export interface AloneOptions {
  dataDir: string;
  workers: { snapshots: URL; care: URL };
  /** The folder `resources`. */
  resources: string;
  dockerHost?: string | undefined;
}

/**
 * The doctor of a data folder that cannot be opened: what kept it from that, and every check that needs no
 * database. It mends nothing, since that needs to know what other processes do.
 */
export function doctorAlone(refusal: AppError, options: AloneOptions): Doctor {
  const care = careOn(options.workers.care);
  const checks =
    refusal.code === 'E_DATA_DIR'
      ? [folderRefused(refusal)]
      : [
          dataFolderCheck(options.dataDir),
          spaceCheck(options.dataDir),
          databaseRefused(refusal, options.dataDir),
          ...contentChecks(options.dataDir, care).map(withoutMending),
          restorableCheck(placesIn(options.dataDir).database),
        ];
  return new Doctor(chooserAlone(options), [...checks, filesCheck()]);
}

/** Chooses as if nothing was set: what is set is in the database. */
function chooserAlone({ dataDir, workers, resources, dockerHost }: AloneOptions): EngineChooser {
  // Nothing of it is opened by asking an engine whether it is there.
  const file = placesIn(dataDir).snapshots;
  const snapshots = openSnapshots({ file, workerFile: workers.snapshots });
  const common = { snapshots, instanceId: 'none', clock: systemClock, resources };
  const all = {
    docker: createDockerEngine({ ...common, dockerHost }),
    process: createProcessEngine({ ...common, folder: join(dataDir, 'process') }),
  };
  return new EngineChooser({ engine: (kind) => all[kind], settings: () => DEFAULT_SETTINGS });
}

const folderRefused = ({ message, next }: AppError): Check => ({
  id: 'data-folder',
  title: 'Data folder',
  look: () => wrong('missing', asFinding(message), next ?? null),
});

const databaseRefused = ({ code, message, next }: AppError, dataDir: string): Check => ({
  id: 'database',
  title: 'Database',
  look: () => {
    const { database } = placesIn(dataDir);
    if (code === 'E_DB_BUSY') return wrong('missing', asFinding(message), LOCKED);
    const fix = code === 'E_DB_DAMAGED' ? howToReplace(listBackups(database).length) : next;
    return wrong('missing', asFinding(message), fix ?? null);
  },
});

const LOCKED =
  'Close what has it open, such as a backup tool or a database browser, and try again.';

const howToReplace = (backups: number): string =>
  backups === 0
    ? 'There is no backup of it. To begin empty, and keep the file beside: slipway doctor --empty'
    : 'Close Slipway everywhere and restore a backup: slipway doctor --restore';

const contentChecks = (dataDir: string, care: Care): Check[] => {
  const { snapshots, metrics } = placesIn(dataDir);
  const closed = { clock: systemClock, close: async () => undefined };
  const content = (id: string, title: string, file: string) =>
    contentCheck({ id, title, file, holds: id }, care, closed);
  return [content('snapshots', 'Snapshots', snapshots), content('metrics', 'Metrics', metrics)];
};

const withoutMending = ({ id, title, look }: Check): Check => ({
  id,
  title,
  look: async (signal) => {
    const found = await look(signal);
    const fix = found.mend === null ? found.fix : 'First see to the database.';
    return { ...found, fix, mend: null };
  },
});

/** A sentence as the others are told: without its stop. */
const asFinding = (sentence: string): string => sentence.replace(/\.$/, '');
