import type { LogReader } from '../log-reader.ts';
import type { LogView } from '../log-view.ts';
import { BROKEN, MOVES, MOVES_KNOWN } from '../move-watch.ts';
import { FoldedView } from './folded-view.ts';
import type { LinesView, ViewChoice } from './lines-view.ts';
import { StreamView } from './stream-view.ts';
import { WholeView } from './whole-view.ts';

/** A view of the log of `reader`. Nothing is read before it grows. */
export function openView(reader: LogReader, { streams, folded }: ViewChoice): LinesView {
  const base = streams ? new StreamView(reader, streams) : new WholeView(reader);
  if (!folded) return base;
  const moves = streams ? MOVES | BROKEN : MOVES;
  return new FoldedView(base, () => reader.use((view) => firstMove(view, moves)));
}

/** The first line that may not be shown as it is; null when nothing moves, 0 when nothing is known. */
async function firstMove({ index }: LogView, moves: number): Promise<number | null> {
  if (index.count === 0) return null;
  const { flags } = await index.record(index.count - 1);
  if ((flags & MOVES_KNOWN) === 0) return 0;
  if ((flags & moves) === 0) return null;
  const before = await index.search((record) => ((record.flags & moves) === 0 ? 0 : 1), 0);
  return before < 0 ? 0 : (await index.record(before)).lines;
}
