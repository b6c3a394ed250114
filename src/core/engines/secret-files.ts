import { AppError } from '../../shared/errors.ts';
import type { SecretValue } from './engine.ts';

/**
 * The files that `resources/start.sh` makes variables of.
 * @throws AppError `E_ENV_KEY` for a name that no shell can export.
 */
export function secretFiles(secrets: readonly SecretValue[]): { name: string; bytes: Buffer }[] {
  return secrets.map(({ variable, value }) => {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) {
      return { name: variable, bytes: Buffer.from(value, 'utf8') };
    }
    throw new AppError('E_ENV_KEY', `"${variable}" cannot be the name of a variable.`, {
      next: 'Use letters, digits and underscores, and no digit at the beginning.',
    });
  });
}
