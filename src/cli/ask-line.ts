import type { Interface } from 'node:readline/promises';
import { cancelled } from '../shared/errors.ts';

/**
 * One line that a person types; closes the interface. `what` names the question when it is cancelled:
 * by the signal, or by Ctrl-C and Ctrl-D, which are keys while the terminal is read. Node before 24 would
 * wait for ever then.
 * @throws AppError `E_CANCELLED`
 */
export async function askLine(
  lines: Interface,
  question: string,
  what: string,
  signal: AbortSignal,
): Promise<string> {
  const stop = new AbortController();
  lines.once('SIGINT', () => stop.abort());
  lines.once('close', () => stop.abort());
  try {
    return await lines.question(question, { signal: AbortSignal.any([signal, stop.signal]) });
  } catch {
    throw cancelled(what);
  } finally {
    lines.close();
  }
}
