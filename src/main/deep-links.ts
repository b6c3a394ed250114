import { parseLink, type LinkTarget } from '../shared/links.ts';

/**
 * The first link among the words of a start. Nothing else of them counts: a browser hands on what a page
 * made up, and Chromium adds switches of its own and changes their order.
 */
export function linkIn(argv: readonly string[]): LinkTarget | null {
  for (const word of argv) {
    const target = parseLink(word);
    if (target) return target;
  }
  return null;
}
