import type { RunUsage } from '../../shared/domain/run.ts';
import type { UsageSample } from '../engines/engine.ts';

/** What two looks at the same run say of it together. */
export function mostOf(a: RunUsage | null, b: RunUsage | null): RunUsage | null {
  if (a === null || b === null) return a ?? b;
  return {
    peakMemoryBytes: Math.max(a.peakMemoryBytes, b.peakMemoryBytes),
    cpuSeconds: Math.max(a.cpuSeconds, b.cpuSeconds),
  };
}

export const moreOf = (
  known: RunUsage | null,
  { memoryBytes, cpuSeconds }: UsageSample,
): RunUsage | null => mostOf(known, { peakMemoryBytes: memoryBytes, cpuSeconds });
