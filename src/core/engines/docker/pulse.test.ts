import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DockerClient } from './client.ts';
import { Pulse } from './pulse.ts';

const never = new AbortController().signal;

function pulseOf() {
  const told: boolean[] = [];
  const engine = { status: 'running' };
  const inspectContainer = async () => ({ State: { Status: engine.status } });
  const client = { inspectContainer } as unknown as DockerClient;
  const hooks = { paused: (isPaused: boolean) => void told.push(isPaused) };
  return { engine, told, pulse: new Pulse(client, 'ref', hooks, never) };
}

describe('Pulse', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells that it is paused, and soon that it goes on', async () => {
    const { engine, told, pulse } = pulseOf();
    engine.status = 'paused';
    expect(await pulse.goesOn()).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(told.every(Boolean)).toBe(true);
    engine.status = 'running';
    await vi.advanceTimersByTimeAsync(2500);
    expect(told.at(-1)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says that nothing more comes of what has ended, and asks no more', async () => {
    const { engine, told, pulse } = pulseOf();
    engine.status = 'paused';
    await pulse.goesOn();
    engine.status = 'exited';
    expect(await pulse.goesOn()).toBe(false);
    pulse.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(told).toEqual([true]);
  });
});
