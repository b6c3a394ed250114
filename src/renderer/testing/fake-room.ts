import { ROOM_KINDS, type RoomReport } from '../../shared/domain/room.ts';
import type { Handlers } from './handlers.ts';

const GIB = 2 ** 30;

const report = (freeable: boolean): RoomReport => ({
  measuredAt: Date.now(),
  total: 21 * GIB,
  freeable: freeable ? 6 * GIB : 0,
  diskFree: 84 * GIB,
  budgetBytes: 0,
  keptBudget: null,
  kinds: ROOM_KINDS.map((kind, index) => ({
    kind,
    bytes: (9 - index) * 0.5 * GIB,
    freeable: freeable && index < 3 ? 2 * GIB : 0,
    problem: null,
  })),
  jobs: [
    { jobId: 'j1', name: 'train-transformer', bytes: 9 * GIB, freeable: freeable ? 3 * GIB : 0 },
    { jobId: 'j2', name: 'nightly-etl', bytes: 4 * GIB, freeable: freeable ? GIB : 0 },
  ],
  items: [
    {
      kind: 'images',
      jobId: 'j1',
      runId: null,
      name: 'slipway/env:3f9a1c20b7de',
      bytes: 3 * GIB,
      freeable: freeable ? 3 * GIB : 0,
      because: 'no version needs it',
      usedAt: Date.now() - 86_400_000,
    },
  ],
});

/** What the fake main process says about room on the disk. */
export const roomHandlers = (): Pick<Handlers, 'measureRoom' | 'cleanUp'> => ({
  measureRoom: () => report(true),
  cleanUp: () => ({ freed: 6 * GIB, problems: [], report: report(false) }),
});
