import type { Span } from './line-cache.ts';
import type { RowOrder } from './row-order.ts';

/** Lines this near to each other are asked for at once. */
const NEAR = 40;

/** The lines of rows as stretches of the log; the last is at least `fits` lines long. */
export function spansOf(order: RowOrder, first: number, end: number, fits: number): Span[] {
  const spans: Span[] = [];
  for (let row = first; row < end; row += 1) {
    const line = order.line(row);
    const open = spans.at(-1);
    if (open && line - (open.first + open.count) < NEAR) open.count = line - open.first + 1;
    else spans.push({ first: line, count: 1 });
  }
  const last = spans.at(-1) ?? { first: 0, count: 0 };
  return [...spans.slice(0, -1), { first: last.first, count: Math.max(last.count, fits) }];
}
