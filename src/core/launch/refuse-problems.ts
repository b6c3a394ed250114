import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import { AppError, ERROR_KINDS, type ErrorCode } from '../../shared/errors.ts';

const isCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_KINDS, code);

/** The first problem as an error, with the others in its detail, one a line. */
export function problemError([first, ...others]: readonly LaunchProblem[]): AppError {
  const { code, message, next } = first!;
  const lines = others.map((other) => `${other.path}: ${other.message}`);
  return new AppError(isCode(code) ? code : 'E_INTERNAL', message, {
    ...(next !== null && { next }),
    // The beginning of a long list says more than its end, which is what a detail is clipped to.
    ...(lines.length > 0 && { detail: firstOf(lines) }),
  });
}

const DETAIL_LINES = 20;

function firstOf(lines: string[]): string {
  const more = lines.length - DETAIL_LINES;
  return [...lines.slice(0, DETAIL_LINES), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

/** @throws AppError for the first of the problems, when there are any */
export function refuseProblems(problems: readonly LaunchProblem[]): void {
  if (problems.length > 0) throw problemError(problems);
}
