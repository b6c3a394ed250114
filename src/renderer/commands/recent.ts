import { keep, readKept, textsOf } from '../stores/kept.ts';

const KEY = 'recent';
const LIMIT = 20;

/** Ids of what was chosen in the palette, the last one first. */
export const readRecent = (): string[] => textsOf(readKept(KEY));

/** Takes note of what was chosen in the palette. */
export function addRecent(id: string): void {
  const others = readRecent().filter((each) => each !== id);
  keep(KEY, [id, ...others].slice(0, LIMIT));
}
