import { describe, expect, it } from 'vitest';
import { isRunning, type Stats, usageOf } from './usage.ts';

const STATS: Stats = {
  read: '2026-01-02T03:04:05.5Z',
  cpu_stats: { cpu_usage: { total_usage: 3000 }, system_cpu_usage: 20_000, online_cpus: 4 },
  precpu_stats: { cpu_usage: { total_usage: 1000 }, system_cpu_usage: 16_000, online_cpus: 4 },
  memory_stats: { usage: 1000, stats: { total_inactive_file: 300, inactive_file: 1 } },
  networks: { eth0: { rx_bytes: 1, tx_bytes: 10 }, eth1: { rx_bytes: 2, tx_bytes: 20 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'Read', value: 5 },
      { op: 'Write', value: 7 },
      { op: 'read', value: 1 },
      { op: 'Total', value: 13 },
    ],
  },
};

describe('what a container uses', () => {
  it('is told as docker stats does', () => {
    expect(usageOf(STATS)).toEqual({
      at: Date.parse(STATS.read),
      cpuPercent: 200,
      cpuSeconds: 3e-6,
      memoryBytes: 700,
      ...{ networkIn: 3, networkOut: 30, diskRead: 6, diskWritten: 7 },
    });
  });

  it.each([
    [{ usage: 1000, stats: { inactive_file: 300 } }, 700],
    [{ usage: 1000, stats: { inactive_file: 2000 } }, 1000],
    [{ usage: 1000, stats: null }, 1000],
    [{}, 0],
  ])('reads memory from %j', (memory, bytes) => {
    expect(usageOf({ ...STATS, memory_stats: memory }).memoryBytes).toBe(bytes);
  });

  it('is not known where nothing is counted', () => {
    const counted = { ...STATS, networks: undefined, blkio_stats: {} };
    expect(usageOf(counted)).toMatchObject({
      ...{ networkIn: null, networkOut: null, diskRead: null, diskWritten: null },
    });
  });

  it('has no share of the processor in the first record, and ends with the container', () => {
    const first = usageOf({ ...STATS, precpu_stats: {} });
    expect(first).toMatchObject({ cpuPercent: null, memoryBytes: 700 });
    expect(isRunning(STATS)).toBe(true);
    expect(isRunning({ ...STATS, read: '0001-01-01T00:00:00Z' })).toBe(false);
  });
});
