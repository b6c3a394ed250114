import { describe, expect, it } from 'vitest';
import type { UsageSample } from '../engine.ts';
import { ProcessBench } from './test-bench.ts';
import { MemorySink, never, noHooks, requestFor } from './test-kit.ts';

const bench = new ProcessBench({});

async function samplesOf(ref: string, signal = never): Promise<UsageSample[]> {
  const samples: UsageSample[] = [];
  for await (const sample of bench.engine.measure(ref, signal)) samples.push(sample);
  return samples;
}

/** Busy in a child, with memory of its own, and 8 MB on disk. */
const BUSY = `
const { spawnSync } = require('node:child_process');
const { openSync, writeSync, fsyncSync } = require('node:fs');
const file = openSync('out', 'w');
writeSync(file, Buffer.alloc(8_000_000, 1));
fsyncSync(file);
spawnSync(process.execPath, ['-e', 'const b = Buffer.alloc(64e6, 1); const e = Date.now() + 3500; while (Date.now() < e) b[0]++']);
`;

describe.runIf(process.platform === 'linux')('measuring a process', () => {
  it('tells what it and its children use, until it ends', async () => {
    const ref = await bench.engine.create(requestFor('a1', [process.execPath, '-e', BUSY]), never);
    let samples: Promise<UsageSample[]> | null = null;
    const hooks = { ...noHooks, started: () => void (samples = samplesOf(ref)) };
    await bench.engine.follow(ref, new MemorySink(), hooks, never);
    const taken = await samples!;
    expect(taken.length).toBeGreaterThanOrEqual(2);
    const most = Math.max(...taken.map(({ cpuPercent }) => cpuPercent ?? 0));
    expect(most).toBeGreaterThan(20);
    expect(most).toBeLessThan(250);
    expect(taken.at(-1)?.cpuSeconds).toBeGreaterThan(0.5);
    expect(Math.max(...taken.map(({ memoryBytes }) => memoryBytes))).toBeGreaterThan(64_000_000);
    expect(taken.at(-1)?.diskWritten).toBeGreaterThanOrEqual(8_000_000);
    expect(taken.at(-1)).toMatchObject({ networkIn: null, networkOut: null });
  });

  it('shares its looks among all runs that are measured, and tells of one that soon ends', async () => {
    const refs = [
      await bench.engine.create(requestFor('a1', ['sleep', '0.9']), never),
      await bench.engine.create(requestFor('a2', ['sleep', '0.9']), never),
    ];
    const taken = await Promise.all(
      refs.map(async (ref) => {
        let samples: Promise<UsageSample[]> | null = null;
        const hooks = { ...noHooks, started: () => void (samples = samplesOf(ref)) };
        await bench.engine.follow(ref, new MemorySink(), hooks, never);
        return samples!;
      }),
    );
    for (const samples of taken) {
      expect(samples.length).toBeGreaterThan(0);
      expect(samples[0]!.memoryBytes).toBeGreaterThan(0);
    }
  });

  it('ends at once for one that does not run, or is not there', async () => {
    const ref = await bench.engine.create(requestFor('a1', ['true']), never);
    expect(await samplesOf(ref)).toEqual([]);
    expect(await samplesOf('a2')).toEqual([]);
  });

  it('ends when it is cancelled', async () => {
    const argv = ['sh', '-c', 'echo up; exec sleep 60'];
    const { ref, followed } = await bench.startAndWait('a1', argv);
    const controller = new AbortController();
    const measuring = samplesOf(ref, controller.signal);
    setTimeout(() => controller.abort(), 100);
    await expect(measuring).rejects.toMatchObject({ code: 'E_CANCELLED' });
    await bench.engine.stop(ref, 'kill', never);
    await followed;
  });
});
