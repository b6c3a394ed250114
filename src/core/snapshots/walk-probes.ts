import { parentPath, type Bytes } from './path-bytes.ts';
import { readHead, ReadProblem } from './read-file.ts';
import { MOST_LOOKS, SECRET_HEAD_BYTES, type Look, type Suspicion } from './secrets.ts';

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

/**
 * Tells secrets by their names and beginnings; of ordinary names only so many files are opened. The
 * files of a folder must be asked about one after the other.
 */
export class SecretProbe {
  #folder: Bytes = '';
  readonly #inFolder = new Map<Look, number>();
  #looks = 0;

  /** Why the file is a secret; null when it is none, or was not looked into. `size` is in bytes. */
  proofOf({ why, head, look }: Suspicion, real: Bytes, size: number): string | null {
    if (!head) return why;
    if (look && !this.#mayLook(look, parentPath(real), size)) return null;
    const beginning = headOf(real, look?.bytes ?? SECRET_HEAD_BYTES);
    return beginning && head.test(beginning.toString('latin1')) ? why : null;
  }

  #mayLook(look: Look, folder: Bytes, size: number): boolean {
    if (size === 0 || size > look.bytes) return false;
    if (folder !== this.#folder) this.#inFolder.clear();
    this.#folder = folder;
    const taken = (this.#inFolder.get(look) ?? 0) + 1;
    this.#inFolder.set(look, taken);
    return taken <= look.files && ++this.#looks <= MOST_LOOKS;
  }
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
