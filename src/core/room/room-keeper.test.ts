import { expect, test } from 'vitest';
import type { LastRoom } from '../db/room-repo.ts';
import { RoomKeeper } from './room-keeper.ts';
import type { CleanUp } from './room-service.ts';

const HOUR = 60 * 60_000;
const never = new AbortController().signal;

function bench() {
  const world = {
    now: 1e12,
    isHeld: true,
    budget: 100,
    total: 150,
    freeable: 0,
    runs: 1,
    asked: 0,
    last: null as LastRoom | null,
    noted: [] as unknown[],
    fault: null as Error | null,
  };
  const remember = (last: LastRoom): void => void (world.last = last);
  const keepBudget = async (): Promise<CleanUp | null> => {
    world.asked += 1;
    if (world.fault) throw world.fault;
    const freed = Math.min(world.freeable, Math.max(0, world.total - world.budget));
    world.total -= freed;
    const report = { measuredAt: world.now, total: world.total, freeable: world.freeable - freed };
    remember({ ...report, kept: null });
    return freed === 0 ? null : { freed, problems: [], report: report as CleanUp['report'] };
  };
  const keeper = new RoomKeeper({
    room: { keepBudget },
    repo: { last: () => world.last, remember, endedRuns: () => world.runs },
    lease: {
      get isHeld() {
        return world.isHeld;
      },
    },
    clock: { now: () => world.now, monotonic: () => world.now },
    budget: () => world.budget,
    note: (error) => void world.noted.push(error),
  });
  return { world, look: () => keeper.look(never) };
}

test('the budget is kept once a day, and what was freed is remembered', async () => {
  const { world, look } = bench();
  world.freeable = 60;
  await look();
  expect(world).toMatchObject({ asked: 1, total: 100, last: { kept: { freed: 50 } } });
  world.now += 23 * HOUR;
  await look();
  expect(world.asked).toBe(1);
  world.now += HOUR;
  await look();
  expect(world.asked).toBe(2);
});

test('what is over the budget is looked at after a run, not again and again', async () => {
  const { world, look } = bench();
  await look();
  for (let minute = 0; minute < 50; minute++) {
    world.now += 60_000;
    world.runs += 1;
    await look();
  }
  expect(world.asked).toBe(1);
  world.now += HOUR;
  await look();
  expect(world.asked).toBe(2);
  world.now += 2 * HOUR;
  await look();
  expect(world.asked).toBe(2);
});

test('only who executes queues keeps it, and only where there is one', async () => {
  const { world, look } = bench();
  world.isHeld = false;
  await look();
  world.isHeld = true;
  world.budget = 0;
  await look();
  expect(world.asked).toBe(0);
});

test('a failure is told, and is no reason to stop', async () => {
  const { world, look } = bench();
  world.fault = new Error('no');
  await look();
  expect(world.noted).toEqual([world.fault]);
});
