import type { TreeEntry } from '../../shared/domain/snapshot.ts';

/** Entries for a map of path to text; a path that ends with `*` is executable, folders are added. */
export function entriesOf(files: Record<string, string>): TreeEntry[] {
  const entries = new Map<string, TreeEntry>();
  for (const [name, text] of Object.entries(files)) {
    const path = name.replace(/\*$/, '');
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/');
      entries.set(folder, entry(folder, 'directory', '', false));
    }
    entries.set(path, entry(path, 'file', text, name.endsWith('*')));
  }
  return [...entries.values()];
}

const entry = (
  path: string,
  kind: TreeEntry['kind'],
  text: string,
  executable: boolean,
): TreeEntry => ({ path, kind, size: Buffer.byteLength(text), executable, content: null });

export const linkTo = (path: string, target: string): TreeEntry => ({
  ...entry(path, 'link', '', false),
  content: target,
});

export const readerOf =
  (files: Record<string, string>) =>
  (path: string): Promise<string | null> =>
    Promise.resolve(files[path] ?? files[`${path}*`] ?? null);
