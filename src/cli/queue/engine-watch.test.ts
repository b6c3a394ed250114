import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clockText } from '../../shared/clock-text.ts';
import { EngineWatch } from './engine-watch.ts';

const SINCE = new Date(2026, 10, 22, 14, 2).getTime();
const LONG_MS = 60_000;

/** What is told while the engine answers as it is said, each for a minute; `true`: it answers. */
async function told(states: (boolean | Error)[], runs: () => number = () => 1): Promise<string[]> {
  const lines: string[] = [];
  let state = states[0]!;
  const end = new AbortController();
  const watch = new EngineWatch({
    needed: runs,
    status: async () => {
      if (state instanceof Error) throw state;
      const away = { available: false, text: 'Nothing answers.', fix: 'Start it.', since: SINCE };
      const there = { available: true, text: 'Docker 20', fix: null, since: null };
      return { kind: 'docker', ...(state ? there : away) } as const;
    },
    tell: (_status, text) => lines.push(text),
  }).watch(end.signal);
  for (state of states) await vi.advanceTimersByTimeAsync(LONG_MS);
  end.abort();
  await watch;
  return lines;
}

describe('an engine that comes and goes', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: SINCE });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const away = `Docker has not been available since ${clockText(SINCE, SINCE)}; 1 run waits for it. Nothing answers. Start it.`;
  const back = 'Docker is available again; everything goes on';

  it('is told once when it goes and once when it is back', async () => {
    expect(await told([true, false, false, true, true, false])).toEqual([away, back, away]);
  });

  it('is told when it was away from the start', async () => {
    expect(await told([false])).toEqual([away]);
  });

  it('is nothing to tell while it answers, or while no run needs it', async () => {
    expect(await told([true, true])).toEqual([]);
    expect(await told([false, true], () => 0)).toEqual([]);
  });

  it('is told to be back to who was told that it is away, needed or not', async () => {
    let runs = 1;
    const lines = told([false, false, true], () => runs);
    await vi.advanceTimersByTimeAsync(LONG_MS / 2);
    runs = 0;
    expect(await lines).toEqual([away, back]);
  });

  it('is watched on after a look that failed by itself', async () => {
    expect(await told([new Error('the database is busy'), false])).toEqual([away]);
  });

  it('is not told when it answers again at once', async () => {
    const lines: string[] = [];
    const answers = [true, false, true];
    const end = new AbortController();
    const watch = new EngineWatch({
      needed: () => 1,
      status: async () => ({
        ...({ kind: 'docker', text: '', fix: null, since: null } as const),
        available: answers.shift() ?? true,
      }),
      tell: (_status, text) => lines.push(text),
    }).watch(end.signal);
    await vi.advanceTimersByTimeAsync(LONG_MS);
    end.abort();
    await watch;
    expect([lines, answers]).toEqual([[], []]);
  });
});
