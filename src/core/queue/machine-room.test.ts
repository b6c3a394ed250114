import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cancelled } from '../../shared/errors.ts';
import type { Capacity } from '../engines/engine.ts';
import { MachineRoom, memAvailable, thisMachine } from './machine-room.ts';

const GIB = 1024 ** 3;
const HERE = { memoryBytes: 24 * GIB, availableBytes: 10 * GIB, cpus: 8 };
const signal = new AbortController().signal;

/** What is known of an engine's machine once it has answered. */
async function known(capacity: () => Promise<Capacity>) {
  const clock = { now: () => 0, monotonic: () => 0 };
  const room = new MachineRoom({ engine: () => ({ capacity }), clock, system: () => HERE });
  await new Promise<void>((resolve) => {
    expect(room.of('docker', resolve, signal)).toBeNull();
  });
  return room.of('docker', () => undefined, signal);
}

describe('the machine of an engine', () => {
  it.each<[string, Capacity, object]>([
    ['says nothing', { isHere: true, memoryBytes: null, cpus: null }, HERE],
    ['is this one', { isHere: true, memoryBytes: 25 * GIB, cpus: 8 }, HERE],
    [
      'is a part of it',
      { isHere: true, memoryBytes: 4 * GIB, cpus: 2 },
      { memoryBytes: 4 * GIB, cpus: 2, availableBytes: 10 * GIB },
    ],
    [
      'is elsewhere',
      { isHere: false, memoryBytes: 99 * GIB, cpus: 64 },
      { memoryBytes: 99 * GIB, cpus: 64, availableBytes: null },
    ],
  ])('that %s', async (_what, capacity, expected) => {
    expect(await known(() => Promise.resolve(capacity))).toEqual(expected);
  });

  it('that cannot say is taken for this one', async () => {
    expect(await known(() => Promise.reject(new Error('no such call')))).toEqual(HERE);
  });

  it('is asked anew when who asked has left before it answered', async () => {
    const clock = { now: () => 0, monotonic: () => 0 };
    const leaves = new AbortController();
    const answer: Capacity = { isHere: true, memoryBytes: 4 * GIB, cpus: 2 };
    const capacity = (asks: AbortSignal) =>
      asks === leaves.signal
        ? new Promise<Capacity>((_, reject) => {
            asks.addEventListener('abort', () => reject(cancelled('Asking')));
          })
        : Promise.resolve(answer);
    const room = new MachineRoom({ engine: () => ({ capacity }), clock, system: () => HERE });
    const left = new Promise<void>((resolve) => void room.of('docker', resolve, leaves.signal));
    leaves.abort();
    await left;
    await new Promise<void>((resolve) => {
      expect(room.of('docker', resolve, signal)).toBeNull();
    });
    expect(room.of('docker', () => undefined, signal)).toMatchObject({ memoryBytes: 4 * GIB });
  });

  it('that does not answer is asked once, and nobody is woken meanwhile', async () => {
    let asked = 0;
    let woken = 0;
    const capacity = () => {
      asked += 1;
      return new Promise<Capacity>(() => undefined);
    };
    const clock = { now: () => 0, monotonic: () => 0 };
    const room = new MachineRoom({ engine: () => ({ capacity }), clock, system: () => HERE });
    for (let look = 0; look < 3; look += 1) {
      expect(room.of('docker', () => (woken += 1), signal)).toBeNull();
      await setImmediate();
    }
    expect({ asked, woken }).toEqual({ asked: 1, woken: 0 });
  });
});

it('reads what the system says could be taken', () => {
  expect(memAvailable('MemTotal: 100 kB\nMemFree: 5 kB\nMemAvailable:   2048 kB\n')).toBe(
    2 * 1024 ** 2,
  );
  expect(memAvailable('MemTotal: 100 kB\n')).toBeNull();
});

it.runIf(process.platform === 'linux')('knows this machine', () => {
  const { memoryBytes, availableBytes, cpus } = thisMachine();
  expect(memoryBytes).toBe(totalmem());
  expect(availableBytes).toBeGreaterThan(0);
  expect(availableBytes).toBeLessThanOrEqual(memoryBytes);
  expect(memAvailable(readFileSync('/proc/meminfo', 'utf8'))).not.toBeNull();
  expect(cpus).toBeGreaterThan(0);
});
