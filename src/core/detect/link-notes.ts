import { posix } from 'node:path';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { follow } from './tree-path.ts';

const LISTED = 10;

/** What to know of links that lead nowhere in a container; their paths start at `context`. */
export function linkNotes(entries: readonly TreeEntry[], context: string): string[] {
  const links = new Map(
    entries.flatMap(({ kind, path, content }) => (kind === 'link' ? [[path, content ?? '']] : [])),
  );
  const notes = [...links].flatMap(([path, target]) => {
    if (follow(links, path) !== null) return [];
    const named = `${posix.join(context, path)} -> ${target}`;
    return [`The link ${named} leads out of the folder or in a circle; it is kept as a link.`];
  });
  const more = notes.length - LISTED;
  return more > 0 ? [...notes.slice(0, LISTED), `… and ${more} more such links.`] : notes;
}
