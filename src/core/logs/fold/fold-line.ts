import { LineCursor } from './line-cursor.ts';
import { isOverwritten, readTerminal } from './sequences.ts';

/**
 * What a terminal shows of one line in the end: `\r`, `\b` and sequences that move or erase within
 * a line are done, colours stay. A line without any of them is given back as it is.
 */
export function foldLine(line: string): string {
  if (!isOverwritten(line)) return line;
  const cursor = new LineCursor();
  readTerminal(line, {
    text: (text) => cursor.write(text),
    control: (control) => cursor.obey(control),
  });
  return cursor.row.text();
}
