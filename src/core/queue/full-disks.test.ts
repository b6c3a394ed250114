import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { FullDisks } from './full-disks.ts';

const MINUTE = 60_000;
const noRoom = new AppError('E_DISK_FULL', 'No room.');

/** Disks whose clock is moved by hand, and what a look at them comes to. */
function start() {
  const time = { now: 0 };
  const disks = new FullDisks({ now: () => time.now, monotonic: () => time.now });
  const run = (id: string) => ({ id, engine: 'docker' as const });
  /** One run is taken and finds no room. */
  const fail = (id: string): boolean => {
    disks.begins(run(id));
    const waits = disks.isToWait(run(id), noRoom);
    disks.left(id);
    return waits;
  };
  /** How long nothing starts, in minutes. */
  const pause = (): number => {
    const from = time.now;
    while (disks.reason('docker') !== null) time.now += MINUTE / 2;
    return (time.now - from) / MINUTE;
  };
  return { time, disks, run, fail, pause };
}

describe('the disk of an engine', () => {
  it('is tried again after a minute, then after longer ones, at most five', () => {
    const { fail, pause } = start();
    const pauses = ['a', 'b', 'c', 'd', 'e'].map((id) => {
      fail(id);
      return pause();
    });
    expect(pauses).toEqual([1, 2, 4, 5, 5]);
  });

  it('is tried by one run at a time', () => {
    const { disks, run, fail, pause } = start();
    fail('a');
    pause();
    disks.begins(run('b'));
    expect(disks.reason('docker')?.text).toBe('no room; being tried again');
    disks.left('b');
    expect(disks.reason('docker')).toBeNull();
  });

  it('has room once a run that was tried has started, not when an earlier one has', () => {
    const { disks, run, fail, pause } = start();
    fail('a');
    disks.started(run('before'));
    expect(disks.reason('docker')).not.toBeNull();
    pause();
    disks.begins(run('b'));
    disks.started(run('b'));
    expect([disks.reason('docker'), disks.passed()]).toEqual([null, []]);
    fail('a');
    expect(pause()).toBe(1);
  });

  it('is tried by others before those that found no room', () => {
    const { disks, fail, pause } = start();
    for (const id of ['a', 'b']) {
      fail(id);
      pause();
    }
    expect(disks.passed()).toEqual(['a', 'b']);
    disks.nextRound('docker');
    expect(disks.passed()).toEqual([]);
  });

  it('is no reason to wait a fourth time, nor for another engine', () => {
    const { disks, fail, pause } = start();
    const waits = [1, 2, 3, 4].map(() => {
      const isToWait = fail('a');
      pause();
      return isToWait;
    });
    expect(waits).toEqual([true, true, true, false]);
    expect(fail('b')).toBe(true);
    expect(disks.reason('process')).toBeNull();
  });
});
