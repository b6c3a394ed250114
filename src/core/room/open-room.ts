import type { Settings } from '../../shared/domain/settings.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { ExecutorLock } from '../db/executor-lock.ts';
import { newId } from '../db/ids.ts';
import { RoomRepo } from '../db/room-repo.ts';
import type { SettingsRepo } from '../db/settings-repo.ts';
import { ImageStore } from '../engines/docker/image-store.ts';
import { careOn } from '../host/care-task.ts';
import type { QueueLease } from '../queue/lease.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import { ImageRoom } from './image-room.ts';
import { RoomKeeper } from './room-keeper.ts';
import { RoomService, type RoomParts } from './room-service.ts';

export interface OpenRoomParts {
  dataDir: string;
  db: Database;
  lock: Pick<ExecutorLock, 'othersAlive'>;
  lease: Pick<QueueLease, 'isHeld'>;
  settings: Pick<SettingsRepo, 'get' | 'metaOnce'>;
  snapshots: Snapshots;
  locks: RoomParts['locks'];
  dockerHost: string | undefined;
  clock: Clock;
  careWorker: URL;
  /** Is told of what keeps the budget from being kept. */
  note(error: unknown): void;
}

/** What measures and cleans up, and what keeps the budget. Nothing is asked or started yet. */
export function openRoom(parts: OpenRoomParts): { room: RoomService; keeper: RoomKeeper } {
  const { db, lock, lease, settings, clock, note } = parts;
  const now = () => clock.now();
  const budget = (): Settings['roomBudgetBytes'] => settings.get().roomBudgetBytes;
  const repo = new RoomRepo(db);
  const images = new ImageRoom({
    images: new ImageStore(parts.dockerHost),
    instanceId: settings.metaOnce('instance', newId),
    now,
  });
  const room = new RoomService({
    ...{ dataDir: parts.dataDir, snapshots: parts.snapshots, locks: parts.locks },
    ...{ repo, images, now, budget },
    care: careOn(parts.careWorker),
    othersAlive: () => lock.othersAlive(),
  });
  return { room, keeper: new RoomKeeper({ room, repo, lease, clock, budget, note }) };
}
