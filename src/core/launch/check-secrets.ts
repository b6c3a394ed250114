import type { SecretUse } from '../../shared/domain/launch-spec.ts';
import { checkVariable } from '../delivery/environment.ts';
import { nearNames } from '../near-names.ts';
import type { Findings } from '../delivery/findings.ts';

const KIND = 'run:';

/** A secret as it is kept: a name of a person's own belongs to those for runs. */
export const secretNameOf = (name: string): string =>
  name.startsWith(KIND) ? name : `${KIND}${name}`;

export interface SecretCheck {
  secrets: readonly SecretUse[];
  env: Readonly<Record<string, string>>;
  /** The names of all kept secrets. */
  kept: readonly string[];
}

/** Tells of secrets that are not kept, and of variables that would be set twice. */
export function checkSecrets({ secrets, env, kept }: SecretCheck, findings: Findings): void {
  const seen = new Set<string>();
  for (const { variable, secret } of secrets) {
    const path = `secrets.${variable}`;
    checkVariable(variable, path, findings);
    if (seen.has(variable) || Object.hasOwn(env, variable)) {
      const message = `${variable} is given more than once: a variable is one value or one secret.`;
      findings.problem('E_ENV_KEY', path, message, 'Leave one of them away.');
    }
    seen.add(variable);
    if (!kept.includes(secret)) missing(variable, secret, kept, findings);
  }
}

function missing(
  variable: string,
  secret: string,
  kept: readonly string[],
  findings: Findings,
): void {
  const plain = (name: string): string => name.slice(KIND.length);
  const known = kept.filter((name) => name.startsWith(KIND)).map(plain);
  const near = nearNames(plain(secret), known);
  const meant = near.length > 0 ? ` Kept are: ${near.join(', ')}.` : '';
  findings.problem(
    'E_SECRET_MISSING',
    `secrets.${variable}`,
    `No secret "${plain(secret)}" is kept for ${variable}.${meant}`,
    'Keep it first, as a secret for runs.',
  );
}
