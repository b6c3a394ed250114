import { describe, expect, it } from 'vitest';
import { testDatabase } from '../db/testing.ts';
import { LeaseRepo } from '../db/lease-repo.ts';
import type { Executor } from '../../shared/domain/queue.ts';
import { QueueLease } from './lease.ts';

type Kind = NonNullable<Executor['kind']>;

/** Processes on one data folder, on a clock of the test's own. */
function machine() {
  const { db } = testDatabase();
  const clock = { at: 0, wall: 0, now: () => clock.wall, monotonic: () => clock.at };
  const dead = new Set<string>();
  const beats = new Map<string, number>();
  const faults: unknown[] = [];
  let count = 0;
  const start = (kind: Kind = 'serve') => {
    const id = `p${++count}`;
    const lock = {
      id,
      isAlive: (other: string): boolean => !dead.has(other),
      beat: () => {
        beats.set(id, (beats.get(id) ?? 0) + 1);
      },
      beatOf: (other: string) => beats.get(other) ?? null,
    };
    const repo = new LeaseRepo(db);
    const noteFault = (error: unknown) => void faults.push(error);
    const onChange = (on: () => void) => db.onWrite(on);
    const lease = new QueueLease({ repo, lock, kind, clock, onChange, noteFault });
    return { id, lease, repo, lock };
  };
  /** Time passes, and those processes that can look once a second. */
  const pass = (seconds: number, ...looking: ReturnType<typeof start>[]) => {
    for (let second = 0; second < seconds; second++) {
      clock.at += 1000;
      for (const { lease } of looking) lease.look();
    }
  };
  return {
    clock,
    dead,
    faults,
    start,
    pass,
    holder: () => new LeaseRepo(db).holder()?.holder ?? null,
  };
}

describe('the lease', () => {
  it('is taken when nobody has it, and kept', () => {
    const { start, pass, holder } = machine();
    const [a, b] = [start('app'), start()];
    pass(60, a, b);
    expect([holder(), a.lease.isHeld, b.lease.isHeld]).toEqual([a.id, true, false]);
    expect(a.lease.executor()).toEqual({ kind: 'app', pid: process.pid, here: true });
    expect(b.lease.executor()).toMatchObject({ kind: 'app', here: false });
  });

  it('is looked at again after a fault, which is told', () => {
    const { start, pass, holder, faults } = machine();
    const a = start();
    const { beat } = a.lock;
    a.lease.look();
    const bug = new TypeError('a bug');
    a.lock.beat = () => {
      throw bug;
    };
    pass(2, a);
    expect(faults).toEqual([bug, bug]);
    a.lock.beat = beat;
    pass(1, a);
    expect([faults.length, holder(), a.lease.isHeld]).toEqual([2, a.id, true]);
  });

  it('goes to one of those that try at once', () => {
    const { start } = machine();
    const all = [start(), start(), start()];
    // Each has seen that nobody holds it.
    const taken = all.map(({ id, repo }) => repo.take({ holder: id, kind: 'serve', pid: 1 }, null));
    expect(taken).toEqual([true, false, false]);
  });

  it('goes to one of those that see at once that its holder is dead', () => {
    const { start, pass, dead } = machine();
    const [a, b, c] = [start(), start(), start()];
    pass(1, a);
    dead.add(a.id);
    const by = (id: string) => ({ holder: id, kind: 'serve' as const, pid: 1 });
    expect([b.repo.take(by(b.id), a.id), c.repo.take(by(c.id), a.id)]).toEqual([true, false]);
  });

  it('is taken over at the next look when its holder died', () => {
    const { start, pass, dead, holder } = machine();
    const [a, b] = [start(), start()];
    pass(3, a, b);
    dead.add(a.id);
    expect(b.lease.executor()).toEqual({ kind: null, pid: null, here: false });
    pass(1, b);
    expect([holder(), b.lease.isHeld]).toEqual([b.id, true]);
  });

  it('is taken over within 10 s when its holder hangs, which then has it no more', () => {
    const { start, pass, holder } = machine();
    const [a, b] = [start(), start()];
    pass(3, a, b);
    pass(7, b);
    expect(holder()).toBe(a.id);
    pass(3, b);
    expect(holder()).toBe(b.id);
    pass(1, a, b);
    expect([a.lease.isHeld, b.lease.isHeld, holder()]).toEqual([false, true, b.id]);
  });

  it('is not taken from one that hung for a moment', () => {
    const { start, pass, holder } = machine();
    const [a, b] = [start(), start()];
    for (let round = 0; round < 10; round++) {
      pass(1, a, b);
      pass(7, b);
    }
    expect(holder()).toBe(a.id);
  });

  it('is not taken by one that slept itself', () => {
    const { start, pass, clock, holder } = machine();
    const [a, b] = [start(), start()];
    pass(3, a, b);
    // Both were suspended; this one wakes first.
    clock.at += 3_600_000;
    b.lease.look();
    pass(2, b);
    expect(holder()).toBe(a.id);
    pass(30, a, b);
    expect(holder()).toBe(a.id);
  });

  it.each([-86_400_000, 86_400_000])('is where it was when the clock jumps by %i ms', (jump) => {
    const { start, pass, clock, holder } = machine();
    const [a, b] = [start(), start()];
    pass(3, a, b);
    clock.wall += jump;
    pass(30, a, b);
    expect(holder()).toBe(a.id);
  });

  it('is anyone’s at once when it is given up', async () => {
    const { start, holder } = machine();
    const [a, b] = [start(), start()];
    const [leaveA, leaveB] = [new AbortController(), new AbortController()];
    const endedA = a.lease.takePart(leaveA.signal);
    const endedB = b.lease.takePart(leaveB.signal);
    expect(holder()).toBe(a.id);
    const taken = new Promise<void>((resolve) => b.lease.onTaken(resolve));
    leaveA.abort();
    await Promise.all([endedA, taken]);
    expect([holder(), a.lease.isHeld]).toEqual([b.id, false]);
    leaveB.abort();
    await endedB;
    expect(holder()).toBeNull();
  });

  it('is not had by one that cannot write it down', () => {
    const { start } = machine();
    const a = start();
    a.repo.take = () => {
      throw new Error('the disk is full');
    };
    a.lease.look();
    expect(a.lease.isHeld).toBe(false);
  });
});
