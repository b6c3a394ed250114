import { toErrorData } from '../shared/errors.ts';

/** A fault that nobody waits for is told; that the app was closed meanwhile is none. */
export function reportFault(error: unknown): void {
  const data = toErrorData(error);
  if (data.code !== 'E_CANCELLED') process.stderr.write(`slipway: ${JSON.stringify(data)}\n`);
}
