import type { LogView } from './log-view.ts';

/**
 * The first line that began at or after a time (ms since 1970), by the pieces' own times; null when
 * there is none. Where times go back (two streams, a clock that was set) it is near such a line.
 */
export async function lineAt({ index, head }: LogView, at: number): Promise<number | null> {
  const before = await index.search((record) => record.at, at - 1);
  if (before + 1 >= index.count) return null;
  const { lines } = await index.record(before + 1);
  return lines < head.lines ? lines : null;
}
