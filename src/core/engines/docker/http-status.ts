import { EngineHttpError } from './engine-errors.ts';

/** The status of the engine's refusal; null for any other failure. */
export const statusOf = (thrown: unknown): number | null =>
  thrown instanceof EngineHttpError ? thrown.status : null;

/** The answer, or null when the engine refused with this status. */
export async function orNull(call: Promise<unknown>, status: number): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (statusOf(error) === status) return null;
    throw error;
  }
}

/** False when the engine refused with one of these statuses. */
export async function harmless(call: Promise<unknown>, ...statuses: number[]): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (statuses.includes(statusOf(error) ?? 0)) return false;
    throw error;
  }
}
