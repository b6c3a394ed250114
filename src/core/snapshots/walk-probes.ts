import type { Bytes } from './path-bytes.ts';
import { readHead, ReadProblem } from './read-file.ts';
import { SECRET_HEAD_BYTES, type Suspicion } from './secrets.ts';

/** More of a rule file is not read: no honest one is larger. */
const RULE_FILE_BYTES = 1024 * 1024;

/** The beginning of a file; null for one in trouble, which shows when it is read as an entry. */
function headOf(real: Bytes, limit: number): Buffer | null {
  try {
    return readHead(real, limit);
  } catch (error) {
    if (error instanceof ReadProblem) return null;
    throw error;
  }
}

/** The content of a rule file; null when there is none. As in git, a link is not followed. */
export const readRules = (real: Bytes): Buffer | null => headOf(real, RULE_FILE_BYTES);

/** Why the file is a secret, after a look at its beginning if the name alone does not tell. */
export function proofOf({ why, head }: Suspicion, real: Bytes): string | null {
  if (!head) return why;
  const beginning = headOf(real, SECRET_HEAD_BYTES);
  return beginning && head.test(beginning.toString('latin1')) ? why : null;
}

/** Whether a file can be opened. It is tried: only the system knows every rule there is. */
export function isAllowed(real: Bytes): boolean {
  try {
    readHead(real, 0);
    return true;
  } catch (error) {
    if (error instanceof ReadProblem) return error.reason !== 'unreadable';
    throw error;
  }
}
