import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Trouble } from '../../shared/domain/trouble.ts';
import { Troubles } from './troubles.ts';

const fault = (code: ErrorCode) => new AppError(code, 'A sentence.');

function watched() {
  const works = { E_DISK_FULL: false, E_DB_BUSY: false };
  const told: string[][] = [];
  const troubles = new Troubles({
    dataDir: '/data',
    clock: { monotonic: () => Date.now() },
    probes: { E_DISK_FULL: async () => works.E_DISK_FULL, E_DB_BUSY: () => works.E_DB_BUSY },
  });
  troubles.on((now: Trouble[]) => told.push(now.map(({ code }) => code)));
  return { troubles, works, told };
}

describe('Troubles', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells once of what fails a thousand times, and that it is over', async () => {
    const { troubles, works, told } = watched();
    for (let n = 0; n < 1000; n++) troubles.note(fault('E_DISK_FULL'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([['E_DISK_FULL']]);
    expect(troubles.list()[0]).toMatchObject({ text: 'The disk that holds /data is full.' });
    works.E_DISK_FULL = true;
    await vi.advanceTimersByTimeAsync(5000);
    expect(told).toEqual([['E_DISK_FULL'], []]);
    expect(troubles.list()).toEqual([]);
  });

  it('is not over while it still fails, whatever the probe says', async () => {
    const { troubles, works, told } = watched();
    works.E_DISK_FULL = true;
    for (let n = 0; n < 20; n++) {
      troubles.note(fault('E_DISK_FULL'));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(told).toEqual([['E_DISK_FULL']]);
  });

  it('says nothing of a lock that another process held for a moment', async () => {
    const { troubles, works, told } = watched();
    works.E_DB_BUSY = true;
    troubles.note(fault('E_DB_BUSY'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([]);
    works.E_DB_BUSY = false;
    troubles.note(fault('E_DB_BUSY'));
    await vi.advanceTimersByTimeAsync(1500);
    expect(told).toEqual([['E_DB_BUSY']]);
    works.E_DB_BUSY = true;
    await vi.advanceTimersByTimeAsync(5000);
    expect(told).toEqual([['E_DB_BUSY'], []]);
  });

  it('takes no note of anything else, and keeps what only a person can mend', async () => {
    const { troubles, told } = watched();
    troubles.note(fault('E_NOT_FOUND'));
    troubles.note(new Error('a bug'));
    troubles.note(fault('E_DB_DAMAGED'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([['E_DB_DAMAGED']]);
    troubles.over('E_DB_DAMAGED');
    expect(told.at(-1)).toEqual([]);
  });

  it.each<[string, unknown, string[][]]>([
    ['a bug', new TypeError('x is not a function'), [['E_INTERNAL']]],
    ['a refusal that nobody else hears of', fault('E_DATA_DIR'), [['E_INTERNAL']]],
    ['a full disk', Object.assign(new Error('write'), { code: 'ENOSPC' }), [['E_DISK_FULL']]],
    ['a lack of files', Object.assign(new Error('open'), { code: 'EMFILE' }), [['E_SYSTEM_LIMIT']]],
    ['an engine that is away', fault('E_ENGINE_NONE'), []],
    ['what answers in place of an engine', fault('E_ENGINE_ANSWER'), []],
    ['a cancellation', fault('E_CANCELLED'), []],
  ])('tells once of %s that ended a turn', (_what, thrown, expected) => {
    const { troubles, told } = watched();
    troubles.noteFault(thrown);
    troubles.noteFault(thrown);
    expect(told).toEqual(expected);
  });

  it('tells of an error of an engine until it has not come back for a while', async () => {
    const { troubles, told } = watched();
    for (let n = 0; n < 10; n++) {
      troubles.noteFault(fault('E_ENGINE'));
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect(told).toEqual([['E_INTERNAL']]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([['E_INTERNAL'], []]);
  });

  it('tells of a bug for as long as this process lives, whatever an engine did before', async () => {
    const { troubles } = watched();
    troubles.noteFault(fault('E_ENGINE'));
    troubles.noteFault(new TypeError('a bug'));
    troubles.noteFault(fault('E_ENGINE'));
    await vi.advanceTimersByTimeAsync(90_000);
    expect(troubles.list()).toMatchObject([{ text: expect.stringContaining('a bug') }]);
  });

  it('tells of a bug in its own words, with what to do', () => {
    const { troubles } = watched();
    troubles.noteFault(new TypeError('x is not a function'));
    expect(troubles.list()).toMatchObject([
      {
        text: expect.stringContaining('x is not a function'),
        next: expect.stringMatching(/report/),
      },
    ]);
  });
});
