import { AppError } from '../../shared/errors.ts';
import type { RewritePolicy } from '../../shared/domain/run.ts';
import type { Engine, PreflightFinding, PrepareRequest } from '../engines/engine.ts';

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
  const blocking = findings.filter(({ blocks }) => blocks);
  const notes = findings.map(told);
  if (blocking.length === 0) return { rewrite: false, notes };
  if (rewritten !== null && policy === 'auto') return { rewrite: true, notes };
  throw refusal(blocking[0]!, rewritten !== null, notes);
}

function refusal({ message, next }: PreflightFinding, canRewrite: boolean, notes: string[]) {
  const code = canRewrite ? 'E_PREFLIGHT' : 'E_UNBUILDABLE';
  const what = `The Dockerfile cannot be built by this engine as it stands: ${message}`;
  return new AppError(code, what, {
    next: canRewrite
      ? 'Build it as rewritten (--rewrite auto, or "Build the rewrite" in the window): the file itself stays as it is.'
      : next,
    detail: notes.join('\n'),
  });
}

const told = ({ line, message, next }: PreflightFinding): string =>
  `${line === null ? '' : `line ${line}: `}${message} ${next}`.trim();
