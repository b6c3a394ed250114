import type { EngineKind } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { ExecutorLock } from '../db/executor-lock.ts';
import { RoomRepo } from '../db/room-repo.ts';
import { SettingsRepo } from '../db/settings-repo.ts';
import { RestoredRepo } from '../db/restored-repo.ts';
import type { Engine } from '../engines/engine.ts';
import type { SeriesStore } from '../metrics/series-store.ts';
import { careOn } from './care-task.ts';
import { codeCheck } from './checks/code-check.ts';
import { backupCheck, contentCheck, databaseCheck } from './checks/database-checks.ts';
import { dataFolderCheck, filesCheck, spaceCheck } from './checks/folder-checks.ts';
import { leftoverCheck } from './checks/leftover-check.ts';
import { roomCheck } from './checks/room-check.ts';
import { clockCheck, indexCheck } from './checks/row-checks.ts';
import { unknownCheck } from './checks/unknown-check.ts';
import { Doctor } from './doctor.ts';
import type { EngineChooser } from './engine-chooser.ts';
import { Keeper } from './keeper.ts';
import type { Troubles } from './troubles.ts';
import { usedByOthers } from '../db/replace-database.ts';

export interface MachineParts {
  dataDir: string;
  places: { database: string; snapshots: string; metrics: string; logs: string };
  db: Database;
  series: SeriesStore;
  lock: ExecutorLock;
  chooser: EngineChooser;
  engine(kind: EngineKind): Engine;
  clock: Clock;
  troubles: Troubles;
  workerFile: URL;
  /** Lets go of `snapshots.db`, which is opened again when it is next asked for. */
  closeSnapshots(): Promise<void>;
}

/** What looks after the machine that everything stands on. */
export function lookAfter(parts: MachineParts): { doctor: Doctor; keeper: Keeper } {
  const { dataDir, places, db, series, lock, clock, troubles } = parts;
  const care = careOn(parts.workerFile);
  const mended = (close: () => Promise<void> | void) => ({
    clock,
    close: async () => {
      if (lock.othersAlive()) throw usedByOthers();
      await close();
      troubles.over('E_DB_DAMAGED');
    },
  });
  const snapshots = { id: 'snapshots', title: 'Snapshots', file: places.snapshots };
  const metrics = { id: 'metrics', title: 'Metrics', file: places.metrics };
  const doctor = new Doctor(parts.chooser, [
    dataFolderCheck(dataDir),
    spaceCheck(dataDir),
    databaseCheck(places.database, care),
    indexCheck(db),
    contentCheck({ ...snapshots, holds: 'snapshots' }, care, mended(parts.closeSnapshots)),
    codeCheck(db, places.snapshots, care),
    contentCheck(
      { ...metrics, holds: 'metrics' },
      care,
      mended(() => series.close()),
    ),
    backupCheck(places.database, care, clock),
    unknownCheck({ restored: new RestoredRepo(db), logs: places.logs, engine: parts.engine }),
    leftoverCheck({ dataDir, lock, now: () => clock.now() }),
    roomCheck(new RoomRepo(db), () => new SettingsRepo(db).get().roomBudgetBytes),
    filesCheck(),
    clockCheck(db, clock),
  ]);
  const keeper = new Keeper({ care, clock, places, note: troubles.noteFault });
  return { doctor, keeper };
}
