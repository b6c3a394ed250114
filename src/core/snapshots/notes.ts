import { posix } from 'node:path';
import { baseName, parentPath, showBytes, type Bytes } from './path-bytes.ts';

const LISTED = 50;

/** Things kept that a person should know of; a long list is cut with a count. */
export class NoteList {
  readonly #notes: string[] = [];
  #more = 0;

  add(note: string | null): void {
    if (note === null) return;
    if (this.#notes.length < LISTED) this.#notes.push(note);
    else this.#more++;
  }

  all(): string[] {
    return this.#more > 0 ? [...this.#notes, `… and ${this.#more} more notes.`] : this.#notes;
  }
}

/** What to know of a link: null for one that stays within the folder. */
export function linkNote(path: Bytes, target: Bytes, root: Bytes): string | null {
  const named = `${showBytes(path)} -> ${showBytes(target)}`;
  if (target.startsWith('/')) {
    const inside = target === root || target.startsWith(`${root}/`);
    const where = inside ? 'by its full path into the folder as it lies here' : 'out of the folder';
    return `The link ${named} points ${where}; it is kept as a link.`;
  }
  const end = posix.join(parentPath(path), target);
  if (end !== '..' && !end.startsWith('../')) return null;
  return `The link ${named} points out of the folder; it is kept as a link.`;
}

const ODD = /[^\x20-\x7e]/;

/** What to know of a name: null unless it holds control characters or is no UTF-8. */
export function nameNote(path: Bytes): string | null {
  const name = baseName(path);
  if (!ODD.test(name)) return null;
  const shown = showBytes(name);
  if (shown === Buffer.from(name, 'latin1').toString('utf8')) return null;
  return `The name ${showBytes(path)} is no plain text; its bytes are kept.`;
}
