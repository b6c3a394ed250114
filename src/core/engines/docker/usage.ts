import * as z from 'zod/mini';
import type { UsageSample } from '../engine.ts';

const count = z.optional(z.number());

const cpuSchema = z.object({
  cpu_usage: z.optional(
    z.object({ total_usage: count, percpu_usage: z.optional(z.nullable(z.array(z.number()))) }),
  ),
  system_cpu_usage: count,
  online_cpus: count,
});

/** One record of the engine's stats, as far as it is used. Missing parts are what a cgroup does not count. */
export const statsSchema = z.object({
  read: z.string(),
  cpu_stats: cpuSchema,
  precpu_stats: cpuSchema,
  memory_stats: z.object({
    usage: count,
    stats: z.optional(z.nullable(z.record(z.string(), z.number()))),
  }),
  networks: z.optional(
    z.nullable(z.record(z.string(), z.object({ rx_bytes: z.number(), tx_bytes: z.number() }))),
  ),
  blkio_stats: z.optional(
    z.object({
      io_service_bytes_recursive: z.optional(
        z.nullable(z.array(z.object({ op: z.string(), value: z.number() }))),
      ),
    }),
  ),
});

export type Stats = z.infer<typeof statsSchema>;

/** False once the container has ended: the engine then goes on with records of the year 1. */
export const isRunning = ({ read }: Stats): boolean => Date.parse(read) > 0;

export function usageOf(stats: Stats): UsageSample {
  const networks = stats.networks && Object.values(stats.networks);
  const sum = (key: 'rx_bytes' | 'tx_bytes'): number | null =>
    networks ? networks.reduce((total, network) => total + network[key], 0) : null;
  return {
    at: Date.parse(stats.read),
    cpuPercent: cpuOf(stats),
    cpuSeconds: (stats.cpu_stats.cpu_usage?.total_usage ?? 0) / 1e9,
    memoryBytes: memoryOf(stats),
    networkIn: sum('rx_bytes'),
    networkOut: sum('tx_bytes'),
    diskRead: diskOf(stats, 'read'),
    diskWritten: diskOf(stats, 'write'),
  };
}

/**
 * As `docker stats` has it (docker/cli, cli/command/container/stats_helpers.go). Null for the first record
 * of a stream, which has nothing to compare the processor's work with.
 */
function cpuOf({ cpu_stats: now, precpu_stats: before }: Stats): number | null {
  if (!now.system_cpu_usage || !before.system_cpu_usage) return null;
  const work = (now.cpu_usage?.total_usage ?? 0) - (before.cpu_usage?.total_usage ?? 0);
  const time = now.system_cpu_usage - before.system_cpu_usage;
  const cores = now.online_cpus || now.cpu_usage?.percpu_usage?.length || 1;
  return time > 0 ? Math.max(0, (work / time) * cores * 100) : 0;
}

/** Without what is in the cache of files and not used; called by one name in cgroup v1 and another in v2. */
function memoryOf({ memory_stats: { usage = 0, stats } }: Stats): number {
  const cache = stats?.['total_inactive_file'] ?? stats?.['inactive_file'] ?? 0;
  return cache < usage ? usage - cache : usage;
}

/** Null where the cgroup counts nothing. */
function diskOf({ blkio_stats: disk }: Stats, operation: 'read' | 'write'): number | null {
  const counts = disk?.io_service_bytes_recursive ?? [];
  if (counts.length === 0) return null;
  const ours = counts.filter(({ op }) => op.toLowerCase() === operation);
  return ours.reduce((total, { value }) => total + value, 0);
}
