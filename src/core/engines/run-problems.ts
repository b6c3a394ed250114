import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import type { ErrorCode } from '../../shared/errors.ts';

/** A problem with one setting of a run. `field`: path within the settings. */
export const settingProblem = (
  code: ErrorCode,
  field: string,
  message: string,
  next: string,
): LaunchProblem => ({ code, path: `settings.${field}`, message, next });
