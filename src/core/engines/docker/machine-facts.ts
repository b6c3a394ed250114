import type * as z from 'zod/mini';
import type { infoSchema } from './schemas.ts';

/** What the machine of an engine has to give. Null where the engine does not say. */
export interface MachineFacts {
  /** Such as `Docker Desktop`; empty when the engine does not say. */
  operatingSystem: string;
  cores: number | null;
  memoryBytes: number | null;
  /** False for an engine that takes such a limit and does not keep it, as one without root may. */
  limitsCpus: boolean;
  limitsMemory: boolean;
  /** Whether containers go on while the engine is away (`live-restore`). */
  outlived: boolean;
  /** Whether the engine is set up to give NVIDIA GPUs to containers. */
  gpus: boolean;
}

export function machineFacts(info: z.infer<typeof infoSchema>): MachineFacts {
  const devices = info.DiscoveredDevices ?? [];
  return {
    operatingSystem: info.OperatingSystem ?? '',
    cores: info.NCPU || null,
    memoryBytes: info.MemTotal || null,
    limitsCpus: info.CpuCfsQuota !== false,
    limitsMemory: info.MemoryLimit !== false,
    outlived: info.LiveRestoreEnabled === true,
    // Setting up NVIDIA's container toolkit registers the runtime; newer engines find the devices.
    gpus:
      Object.hasOwn(info.Runtimes ?? {}, 'nvidia') ||
      devices.some(({ ID }) => ID?.startsWith('nvidia.com/gpu') ?? false),
  };
}
