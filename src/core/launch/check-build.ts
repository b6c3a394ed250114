import type { RewritePolicy } from '../../shared/domain/run.ts';
import { findingText, preflightRefusal } from '../build/preflight-refusal.ts';
import type { Engine, PrepareRequest } from '../engines/engine.ts';

/** What was found out before a build: whether it needs the rewrite, and what to tell. */
export interface BuildCheck {
  rewrite: boolean;
  notes: string[];
}

/**
 * Looks for what the engine cannot build, before a run is made.
 * @throws AppError when something stands in the way: `E_PREFLIGHT` when a rewrite would help and may not
 * be made, `E_UNBUILDABLE` when none would.
 */
export async function checkBuild(
  engine: Engine,
  request: PrepareRequest,
  policy: RewritePolicy,
  signal: AbortSignal,
): Promise<BuildCheck> {
  const { findings, rewritten } = await engine.preflight(request, signal);
  const notes = findings.map(findingText);
  if (!findings.some(({ blocks }) => blocks)) return { rewrite: false, notes };
  if (rewritten !== null && policy === 'auto') return { rewrite: true, notes };
  throw preflightRefusal(findings, rewritten !== null);
}
