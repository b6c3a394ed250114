import type { ErrorData } from './errors.ts';

/** The outcome of a request that crosses a border: errors travel as data, never as thrown values. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: ErrorData };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const err = (error: ErrorData): Result<never> => ({ ok: false, error });

/** Fails the type check, and at run time, when a case of a union was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`);
}
