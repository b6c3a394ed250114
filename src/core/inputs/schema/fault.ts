import { AppError } from '../../../shared/errors.ts';

/** Where in a schema: `properties.lr.minimum`. */
export type Place = readonly string[];

/** A schema that cannot be used: where, and what is allowed there. */
export function badSchema(place: Place, what: string, next: string): AppError {
  const where = place.length > 0 ? ` at ${place.join('.')}` : '';
  return new AppError('E_SCHEMA', `The input schema cannot be used${where}: ${what}.`, { next });
}
