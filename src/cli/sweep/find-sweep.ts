import { AppError } from '../../shared/errors.ts';
import type { Sweep } from '../../shared/domain/sweep.ts';
import type { Core } from '../../core/create-core.ts';
import { nearNames } from '../../core/near-names.ts';

/** A sweep by its id, or the newest of that name. @throws AppError `E_NOT_FOUND` */
export function findSweep(core: Core, text: string): Sweep {
  const all = core.repos.sweeps.list({});
  const sweep = all.find(({ id }) => id === text) ?? all.find(({ name }) => name === text);
  if (sweep) return sweep;
  const near = nearNames(
    text,
    all.map(({ name }) => name),
  );
  throw new AppError('E_NOT_FOUND', `There is no sweep "${text}".`, {
    next: near.length > 0 ? `Did you mean: ${near.join(', ')}` : 'See `slipway sweep list`.',
  });
}
