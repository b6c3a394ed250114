import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import type { ErrorCode } from '../../shared/errors.ts';

/** A problem with one setting of a run. `field`: path within the settings. */
export const settingProblem = (
  code: ErrorCode,
  field: string,
  message: string,
  next: string,
): LaunchProblem => ({ code, path: `settings.${field}`, message, next });

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `1.5 GiB`, `24 GiB`: with as many digits as tell it apart from what was asked for. */
export function sizeText(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** unit;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${UNITS[unit]}`;
}
