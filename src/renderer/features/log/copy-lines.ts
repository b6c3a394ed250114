import { copyText } from '../../commands/actions.ts';
import { plural } from '../../lib/format.ts';
import { notify } from '../../stores/ui.ts';
import { plainText } from './ansi.ts';
import type { LogFeed } from './log-feed.ts';

/** Chosen lines, both ends included; `from` is where the choice began. */
export interface LineRange {
  from: number;
  to: number;
}

/** More would freeze whatever it is pasted into. */
const COPY_LIMIT = 50_000;

/** Copies the chosen lines, or the whole log (its end, when it is very long), as shown. */
export async function copyLines(feed: LogFeed, range: LineRange | null): Promise<void> {
  const { lines } = feed.head();
  const first = range ? Math.min(range.from, range.to) : 0;
  const last = range ? Math.max(range.from, range.to) : lines - 1;
  const from = Math.max(first, last + 1 - COPY_LIMIT);
  const read = await feed.read(from, last + 1 - from);
  const text = read.map((line) => plainText(line.text) + (line.continues ? '' : '\n')).join('');
  await copyText(text);
  const cut = from > first ? ` (the last of ${plural(last + 1 - first, 'line')})` : '';
  notify(`Copied ${plural(read.length, 'line')}${cut}.`);
}
