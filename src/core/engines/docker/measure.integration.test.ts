import { afterAll, describe, expect, it } from 'vitest';
import type { UsageSample } from '../engine.ts';
import { MemorySink } from './testing/memory-sink.ts';
import { never, noHooks, Workbench } from './testing/workbench.ts';

const bench = new Workbench();
const { engine } = bench;

afterAll(() => bench.dispose());

const BUSY = `
import time
x = bytearray(64_000_000)
end = time.time() + 4
while time.time() < end: pass
`;

async function samplesOf(ref: string, signal = never): Promise<UsageSample[]> {
  const samples: UsageSample[] = [];
  for await (const sample of engine.measure(ref, signal)) samples.push(sample);
  return samples;
}

describe('measuring a container', () => {
  it('tells what a busy one uses, until it ends', async () => {
    const ref = await bench.create(['python', '-c', BUSY]);
    const sink = new MemorySink();
    let samples: Promise<UsageSample[]> | null = null;
    const hooks = { ...noHooks, started: () => void (samples = samplesOf(ref)) };
    await engine.follow(ref, sink, hooks, never);
    const taken = await samples!;
    expect(taken.length).toBeGreaterThanOrEqual(2);
    const most = Math.max(...taken.map(({ cpuPercent }) => cpuPercent ?? 0));
    expect(most).toBeGreaterThan(20);
    expect(most).toBeLessThan(130);
    expect(taken.at(-1)?.cpuSeconds).toBeGreaterThan(0.5);
    expect(Math.max(...taken.map(({ memoryBytes }) => memoryBytes))).toBeGreaterThan(60_000_000);
    expect(taken.at(-1)?.networkIn).toBeGreaterThanOrEqual(0);
    expect(taken.map(({ at }) => at)).toEqual(taken.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it('ends at once for one that does not run, or is not there', async () => {
    const ref = await bench.create(['true']);
    expect(await samplesOf(ref)).toEqual([]);
    await engine.remove(ref, never);
    expect(await samplesOf(ref)).toEqual([]);
  });

  it('ends when it is cancelled, and when nobody listens any more', async () => {
    const ref = await bench.create(['sleep', '60']);
    const following = engine.follow(ref, new MemorySink(), noHooks, never);
    for (;;) {
      if ((await engine.inspect(ref, never))?.phase === 'running') break;
    }
    const controller = new AbortController();
    const measuring = samplesOf(ref, controller.signal);
    setTimeout(() => controller.abort(), 100);
    await expect(measuring).rejects.toMatchObject({ code: 'E_CANCELLED' });
    for await (const sample of engine.measure(ref, never)) {
      expect(sample.memoryBytes).toBeGreaterThan(0);
      break;
    }
    await engine.stop(ref, 'kill', never);
    await following;
  });
});
