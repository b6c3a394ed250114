import type { LinkTarget } from '../../../shared/links.ts';
import { parseLink } from '../../../shared/links.ts';

/** What a dropped link or text leads to. */
export type DroppedText =
  { kind: 'git'; address: string } | { kind: 'link'; target: LinkTarget } | { kind: 'other' };

const ADDRESS = /^(?:(?:https?|ssh|git|file):\/\/|[\w.-]+@[\w.-]+:)[^\s<>"]+$/i;
const LIMIT = 2000;

/** The first address of a list of them (`text/uri-list`, RFC 2483), else the text as it is. */
export function droppedText(list: string, text: string): DroppedText {
  const listed = list.split(/\r?\n/).find((line) => line.trim() !== '' && !line.startsWith('#'));
  const address = (listed ?? text).trim();
  const target = parseLink(address);
  if (target) return { kind: 'link', target };
  if (address.length <= LIMIT && ADDRESS.test(address)) return { kind: 'git', address };
  return { kind: 'other' };
}
