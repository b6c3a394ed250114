import type { LogReader } from '../log-reader.ts';
import { LineFoldedView } from './line-folded-view.ts';
import type { LinesView, ViewChoice } from './lines-view.ts';
import { StreamView } from './stream-view.ts';
import { WholeView } from './whole-view.ts';

/** A view of the log of `reader`. Nothing is read before it grows. */
export function openView(reader: LogReader, { streams, folded }: ViewChoice): LinesView {
  const base = streams ? new StreamView(reader, streams) : new WholeView(reader);
  return folded ? new LineFoldedView(base) : base;
}
