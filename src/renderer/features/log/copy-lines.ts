import { copyText } from '../../commands/actions.ts';
import { plural } from '../../lib/format.ts';
import { notify } from '../../stores/ui.ts';
import { plainText } from './ansi.ts';
import type { LogFeed } from './log-feed.ts';
import type { RowOrder } from './row-order.ts';

/** Chosen rows, both ends included; `from` is where the choice began. */
export interface LineRange {
  from: number;
  to: number;
}

/** More would freeze whatever it is pasted into. */
export const COPY_LIMIT = 50_000;

export const isWithin = (row: number, range: LineRange | null): boolean =>
  range !== null && row >= Math.min(range.from, range.to) && row <= Math.max(range.from, range.to);

/** How many rows a choice has; without one, all. */
export const sizeOf = (range: LineRange | null, order: RowOrder): number =>
  range ? Math.abs(range.to - range.from) + 1 : order.count;

/** Stretches of lines that follow each other, of the rows from `first` to `last`. */
function stretches(order: RowOrder, first: number, last: number): [number, number][] {
  const found: [number, number][] = [];
  for (let row = first; row <= last; row += 1) {
    const line = order.line(row);
    const open = found.at(-1);
    if (open && open[0] + open[1] === line) open[1] += 1;
    else found.push([line, 1]);
  }
  return found;
}

/** Copies the chosen rows, or all, as shown. At most {@link COPY_LIMIT}: the caller asks first. */
export async function copyLines(
  feed: LogFeed,
  order: RowOrder,
  range: LineRange | null,
  folded: boolean,
): Promise<void> {
  const first = range ? Math.min(range.from, range.to) : 0;
  const last = range ? Math.max(range.from, range.to) : order.count - 1;
  const texts: string[] = [];
  let lines = 0;
  for (const [from, count] of stretches(order, first, last)) {
    for (const line of await feed.read(from, count)) {
      texts.push(plainText(line.text, folded) + (line.continues ? '' : '\n'));
      lines += 1;
    }
  }
  await copyText(texts.join(''));
  notify(`Copied ${plural(lines, 'line')}.`);
}
