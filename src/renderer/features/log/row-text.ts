/** The row of a log that a node is in. */
export const rowOf = (node: Node | null): HTMLElement | null => {
  const element = node instanceof HTMLElement ? node : node?.parentElement;
  return element?.closest<HTMLElement>('[data-line]') ?? null;
};

/** The row number of a row, as drawn. */
export const rowNumber = (row: HTMLElement): number => Number(row.dataset['line']);

/** The row at a height of the window: the nearest one when there is none. */
export function rowAt(pane: HTMLElement, y: number): number | null {
  const rows = [...pane.querySelectorAll<HTMLElement>('[data-line]')];
  const at = rows.find((row) => row.getBoundingClientRect().bottom > y) ?? rows.at(-1);
  return at ? rowNumber(at) : null;
}

/**
 * The text of what is marked in the rows of a log, one line each, without numbers and times. Rows for which
 * `joins` holds go on from the one before.
 */
export function markedText(
  pane: HTMLElement,
  range: Range,
  textClass: string,
  joins: (row: number) => boolean,
): string {
  const pieces: string[] = [];
  for (const row of pane.querySelectorAll<HTMLElement>('[data-line]')) {
    const text = row.querySelector<HTMLElement>(`.${textClass}`);
    if (!text || !range.intersectsNode(row)) continue;
    if (pieces.length > 0 && !joins(rowNumber(row))) pieces.push('\n');
    pieces.push(partOf(text, range));
  }
  return pieces.join('');
}

function partOf(text: HTMLElement, range: Range): string {
  const part = document.createRange();
  part.selectNodeContents(text);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
    part.setStart(range.startContainer, range.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) {
    part.setEnd(range.endContainer, range.endOffset);
  }
  return part.toString();
}
