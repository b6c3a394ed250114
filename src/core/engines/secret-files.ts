import { AppError } from '../../shared/errors.ts';
import type { SecretValue } from './engine.ts';

/** What Linux takes as one variable, name and all (MAX_ARG_STRLEN). */
const LONGEST = 128 * 1024;

/**
 * The files that `resources/start.sh` makes variables of.
 * @throws AppError `E_ENV_KEY` for a name that no shell can export, `E_ENV_VALUE` for a value that no
 *   variable can hold.
 */
export function secretFiles(secrets: readonly SecretValue[]): { name: string; bytes: Buffer }[] {
  return secrets.map(({ variable, value }) => {
    requireName(variable);
    const bytes = Buffer.from(value, 'utf8');
    if (bytes.includes(0)) throw refused(variable, 'it holds a NUL character');
    if (variable.length + bytes.length + 2 > LONGEST) {
      throw refused(variable, 'it is longer than 128 KiB');
    }
    return { name: variable, bytes };
  });
}

function requireName(variable: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) return;
  throw new AppError('E_ENV_KEY', `"${variable}" cannot be the name of a variable.`, {
    next: 'Use letters, digits and underscores, and no digit at the beginning.',
  });
}

const refused = (variable: string, why: string): AppError =>
  new AppError('E_ENV_VALUE', `The secret for ${variable} cannot be a variable: ${why}.`, {
    next: 'Keep another value for it in the secret store.',
  });
