import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportedRun } from '../../shared/domain/tracked.ts';
import { AppError } from '../../shared/errors.ts';
import { systemClock } from '../clock.ts';
import { testDatabase } from '../db/testing.ts';
import { Scope } from '../scope.ts';
import { TrackedService } from './tracked-service.ts';

const never = new AbortController().signal;
const LOOK_MS = 5000;

/** A service over an importer that only remembers which folders it was given. */
function testService() {
  const { repos } = testDatabase();
  const looked: string[] = [];
  const world = { import: async (_folder: string): Promise<ImportedRun[]> => [] };
  const importer = {
    import: (folder: string) => {
      looked.push(folder);
      return world.import(folder);
    },
  };
  const scope = new Scope('test');
  const service = new TrackedService({ repos, importer, clock: systemClock, scope });
  const read = (folder: string, signal = never) =>
    service.import({ folder, project: 'mine' }, { signal });
  return { repos, service, scope, looked, world, read };
}

describe('an import', () => {
  it('waits for the one before, be it that it fails', async () => {
    const { looked, world, read } = testService();
    const { promise, reject } = Promise.withResolvers<ImportedRun[]>();
    world.import = (folder) => (folder === '/a' ? promise : Promise.resolve([]));
    const first = read('/a');
    const second = read('/b');
    await vi.waitFor(() => expect(looked).toEqual(['/a']));
    reject(new AppError('E_SOURCE_NOT_FOUND', 'gone'));
    await expect(first).rejects.toMatchObject({ code: 'E_SOURCE_NOT_FOUND' });
    expect(await second).toEqual([]);
    expect(looked).toEqual(['/a', '/b']);
  });

  it('that is cancelled while it waits ends at once, and lets nobody pass the one before', async () => {
    const { looked, world, read } = testService();
    const { promise, resolve } = Promise.withResolvers<ImportedRun[]>();
    world.import = (folder) => (folder === '/a' ? promise : Promise.resolve([]));
    const first = read('/a');
    const cancel = new AbortController();
    const second = read('/b', cancel.signal);
    const third = read('/c');
    cancel.abort();
    await expect(second).rejects.toMatchObject({ code: 'E_CANCELLED' });
    await vi.waitFor(() => expect(looked).toEqual(['/a']));
    resolve([]);
    await Promise.all([first, third]);
    expect(looked).toEqual(['/a', '/c']);
  });
});

describe('watched folders', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are looked at again and again, whatever comes of one of them', async () => {
    const { repos, service, scope, looked, world } = testService();
    for (const folder of ['/away', '/bad', '/good']) service.watch(folder, 'mine', true);
    world.import = async (folder) => {
      if (folder === '/away') throw new AppError('E_SOURCE_NOT_FOUND', 'gone');
      if (folder === '/bad') throw new TypeError('a fault of ours');
      return [];
    };
    const faults: unknown[] = [];
    const following = service.follow((fault) => faults.push(fault));
    await vi.advanceTimersByTimeAsync(0);
    const watched = vi.spyOn(repos.tracked, 'watched');
    watched.mockImplementationOnce(() => {
      throw new AppError('E_DB_BUSY', 'locked');
    });
    await vi.advanceTimersByTimeAsync(2 * LOOK_MS);
    expect(looked).toEqual(['/away', '/bad', '/good', '/away', '/good']);
    expect(faults).toEqual([new TypeError('a fault of ours')]);
    scope.abort();
    await expect(following).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});
