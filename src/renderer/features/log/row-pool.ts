import { createRow, type LineLook, type Row, type RowContent } from './log-line.ts';

/** The elements of the rows that are drawn. */
export interface RowPool {
  /**
   * Draws consecutive rows. Elements stay and their text changes, which costs much less than to move them;
   * with `keep` they go along with their rows, for the sake of what is marked in them.
   */
  draw(contents: readonly RowContent[], look: LineLook, keep: boolean): void;
}

/** Fills `pane`, of which nobody else may touch the children. */
export function createRowPool(pane: HTMLElement, sign: Element): RowPool {
  const rows: Row[] = [];
  let first = 0;
  const move = (by: number): void => {
    if (Math.abs(by) >= rows.length) resize(0);
    else if (by > 0) {
      const gone = rows.splice(0, by);
      rows.push(...gone);
      pane.append(...gone.map(({ element }) => element));
    } else if (by < 0) {
      const gone = rows.splice(by);
      rows.unshift(...gone);
      pane.prepend(...gone.map(({ element }) => element));
    }
  };
  const resize = (count: number): void => {
    for (const { element } of rows.splice(count)) element.remove();
    while (rows.length < count) {
      const row = createRow(sign);
      pane.append(row.element);
      rows.push(row);
    }
  };
  return {
    draw(contents, look, keep) {
      const begin = contents[0]?.index ?? 0;
      if (keep) move(begin - first);
      first = begin;
      resize(contents.length);
      contents.forEach((content, at) => rows[at]?.draw(content, look));
    },
  };
}
