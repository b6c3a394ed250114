import { runInNewContext } from 'node:vm';

/**
 * Runs synchronous work that foreign text may make endless, such as matching against its patterns.
 * Nothing but another context with a time limit interrupts a regular expression under way.
 * @returns what the work returns, or null when it took longer than `milliseconds`
 */
export function timeBox<T extends object>(milliseconds: number, work: () => T): T | null {
  try {
    return runInNewContext('work()', { work }, { timeout: milliseconds }) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
    throw error;
  }
}
