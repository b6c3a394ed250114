import type { EngineFact } from '../engines/engine.ts';

/**
 * When a run ended that nobody watched at that moment, in ms since 1970: as long after its start as its
 * engine says. Of the engine's clock, which may be another one, only the difference counts. Null when that is
 * not known or cannot be.
 */
export function endedAt(
  startedAt: number | null,
  fact: Pick<EngineFact, 'startedAt' | 'endedAt'> | null,
  now: number,
): number | null {
  if (startedAt === null || !fact || fact.startedAt === null || fact.endedAt === null) return null;
  const took = fact.endedAt - fact.startedAt;
  const at = Math.round(startedAt + took);
  return took >= 0 && at <= now ? at : null;
}
