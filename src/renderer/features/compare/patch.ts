export interface PatchLine {
  kind: 'added' | 'removed' | 'same' | 'hunk';
  /** Line numbers, from 1, on the side that has the line. */
  before: number | null;
  after: number | null;
  text: string;
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** The lines of a unified patch of one file, numbered. What stands before the first hunk is its head. */
export function patchLines(patch: string): PatchLine[] {
  const lines: PatchLine[] = [];
  let before = 0;
  let after = 0;
  let inside = false;
  for (const line of patch.replace(/\n$/, '').split('\n')) {
    const hunk = HUNK.exec(line);
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      inside = true;
      lines.push({ kind: 'hunk', before: null, after: null, text: line });
    } else if (!inside) continue;
    else if (line.startsWith('\\')) {
      lines.push({ kind: 'hunk', before: null, after: null, text: line.slice(2) });
    } else if (line.startsWith('+')) {
      lines.push({ kind: 'added', before: null, after: after++, text: line.slice(1) });
    } else if (line.startsWith('-')) {
      lines.push({ kind: 'removed', before: before++, after: null, text: line.slice(1) });
    } else {
      lines.push({ kind: 'same', before: before++, after: after++, text: line.slice(1) });
    }
  }
  return lines;
}
