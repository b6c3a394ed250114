import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineStatus } from '../../shared/domain/engine.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings.ts';
import type { Engine } from '../engines/engine.ts';
import { unlessCancelled } from '../scope.ts';
import { EngineChooser } from './engine-chooser.ts';

const never = new AbortController().signal;
/** So long a Docker engine that hangs takes to be given up. */
const HANG_MS = 2500;

const status = (kind: EngineKind, available: boolean, text = kind as string): EngineStatus => ({
  ...{ kind, available, text, fix: null, since: null },
});

const laterAway = (kind: EngineKind): Promise<EngineStatus> =>
  new Promise((resolve) =>
    setTimeout(() => resolve(status(kind, false, 'it did not answer')), HANG_MS),
  );

/** Docker is there, away or hangs; the other engine is there. */
function chooserOf(docker: 'there' | 'away' | 'hangs', engine: Settings['engine'] = 'auto') {
  const look = (kind: EngineKind, signal: AbortSignal): Promise<EngineStatus> => {
    if (kind === 'process' || docker === 'there') return Promise.resolve(status(kind, true));
    if (docker === 'away') return Promise.resolve(status(kind, false, 'nothing answers'));
    const cancelled = status(kind, false, 'cancelled');
    return unlessCancelled(laterAway(kind), signal, 'Looking').catch(() => cancelled);
  };
  const engineOf = (kind: EngineKind) =>
    ({ status: (signal: AbortSignal) => look(kind, signal) }) as Engine;
  return new EngineChooser({ engine: engineOf, settings: () => ({ ...DEFAULT_SETTINGS, engine }) });
}

/** What it comes to, and after how many ms. */
async function timed<T>(work: Promise<T>): Promise<[T, number]> {
  const begun = Date.now();
  const took = work.then((value): [T, number] => [value, Date.now() - begun]);
  await vi.advanceTimersByTimeAsync(10_000);
  return took;
}

describe('the engine of a launch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const limit = new AbortController();
      setTimeout(() => limit.abort(), ms);
      return limit.signal;
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it.each<['there' | 'away' | 'hangs', EngineKind | undefined, EngineKind, string | null]>([
    ['there', undefined, 'docker', null],
    ['away', undefined, 'process', 'nothing answers'],
    ['hangs', undefined, 'process', 'it did not answer'],
    ['there', 'process', 'process', null],
    ['away', 'process', 'process', null],
  ])('where Docker %s and %s is asked for, is %s', async (docker, asked, kind, withoutDocker) => {
    const chooser = chooserOf(docker);
    const [wanted] = await timed(chooser.wanted(asked, never));
    expect(wanted).toMatchObject({ kind, available: true, withoutDocker });
    const [required] = await timed(chooser.require(asked, never));
    expect(required).toMatchObject({ kind, withoutDocker });
  });

  it('is waited for by what starts at once, for as long as it takes to be given up', async () => {
    const refused = chooserOf('hangs')
      .require('docker', never)
      .catch((error: Error) => error);
    const [error, ms] = await timed(refused);
    expect([error, ms]).toEqual([
      expect.objectContaining({
        code: 'E_ENGINE_NONE',
        message: expect.stringContaining('did not answer'),
      }),
      HANG_MS,
    ]);
  });

  it.each<[Settings['engine'], EngineKind | undefined]>([
    ['auto', 'docker'],
    ['docker', undefined],
  ])('is not waited for by what goes into a queue (%s, %s)', async (setting, asked) => {
    const [wanted, ms] = await timed(chooserOf('hangs', setting).wanted(asked, never));
    expect(wanted).toMatchObject({
      ...{ kind: 'docker', available: false, text: 'it has not answered yet.' },
    });
    expect(ms).toBeLessThan(HANG_MS);
  });
});
