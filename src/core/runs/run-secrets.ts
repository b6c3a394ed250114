import { AppError } from '../../shared/errors.ts';
import type { SecretUse } from '../../shared/domain/launch-spec.ts';
import type { SecretValue } from '../engines/engine.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

type Store = Pick<SecretStore, 'get' | 'stamp'>;

/** Tells whether the secrets are those that an attempt was given; says nothing of their values. */
export const stampsOf = (store: Store, uses: readonly SecretUse[]): string =>
  JSON.stringify(uses.map(({ secret }) => [secret, store.stamp(secret)]));

/**
 * The values of what a run uses, for as short as they are needed: nothing of it may be stored.
 * @throws AppError `E_SECRET_MISSING` for one that is not kept (any more), `E_SECRET_STORE`
 */
export async function readSecrets(
  store: Store,
  uses: readonly SecretUse[],
  signal: AbortSignal,
): Promise<SecretValue[]> {
  const values: SecretValue[] = [];
  for (const { variable, secret } of uses) {
    const value = await store.get(secret, signal);
    if (value === null) throw missing(secret);
    values.push({ variable, value });
  }
  return values;
}

function missing(secret: string): AppError {
  const name = secret.replace(/^run:/, '');
  return new AppError('E_SECRET_MISSING', `There is no secret "${name}" for runs.`, {
    next: 'Keep it as a secret for runs, or take it out of the launch.',
  });
}
