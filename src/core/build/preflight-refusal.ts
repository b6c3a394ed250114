import { AppError } from '../../shared/errors.ts';
import type { PreflightFinding } from '../engines/engine.ts';

/** A finding as a line of text: `line 4: ... `. */
export const findingText = ({ line, message, next }: PreflightFinding): string =>
  `${line === null ? '' : `line ${line}: `}${message} ${next}`.trim();

/**
 * Why a Dockerfile is not built, from all that was found, of which something stands in the way:
 * `E_PREFLIGHT` when a rewrite would help, `E_UNBUILDABLE` when none would.
 */
export function preflightRefusal(
  findings: readonly PreflightFinding[],
  canRewrite: boolean,
): AppError {
  const blocking = findings.filter(({ blocks }) => blocks);
  const first = blocking[0]!;
  // What to write otherwise, rather than what a rewrite would do that cannot be made.
  const inTheWay = blocking.find(({ next }) => !next.startsWith('Build it')) ?? first;
  const what = `The Dockerfile cannot be built by this engine as it stands: ${first.message}`;
  return new AppError(canRewrite ? 'E_PREFLIGHT' : 'E_UNBUILDABLE', what, {
    next: canRewrite
      ? 'Build it as rewritten (--rewrite auto, or "Build the rewrite" in the window): the file itself stays as it is.'
      : inTheWay.next,
    detail: findings.map(findingText).join('\n'),
  });
}
