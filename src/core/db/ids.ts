import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new id: 8 characters of a-z and 0-9, the shape of W&B's run ids. Usable in paths and container names. */
export function newId(): string {
  return Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
