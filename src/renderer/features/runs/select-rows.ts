import type { Run } from '../../../shared/domain/run.ts';
import { call } from '../../bridge/client.ts';
import { formatCount } from '../../lib/format.ts';
import {
  clearSelection,
  selectRuns,
  toggleRun,
  useRunSelection,
} from '../../stores/run-selection.ts';
import { notify } from '../../stores/ui.ts';
import type { Held } from '../../ui/grid-keys.ts';
import type { RunSource } from './run-source.ts';
import type { RunView } from './run-window.ts';

/** Runs that can be selected together: as many as one request can be about. */
const MOST = 1000;
/** Runs asked for at a time. */
const CHUNK = 500;

interface Rows {
  source: RunSource;
  view: RunView;
}

/** The first row of a range, which Shift reaches from; where it stands when it is not read any more. */
let anchor: { key: string; index: number } = { key: '', index: 0 };
let selections = 0;

/** Places in the list of the runs between two places of the grid, at most {@link MOST}. */
function positionsBetween({ source }: Rows, from: number, to: number): number[] {
  const step = from <= to ? 1 : -1;
  const positions: number[] = [];
  for (let index = from; index !== to + step && positions.length < MOST; index += step) {
    const position = source.positionAt(index);
    if (position !== null) positions.push(position);
  }
  return positions;
}

/** The runs at these places that are not in sight. */
async function askFor(view: RunView, positions: readonly number[]): Promise<Map<number, Run>> {
  const found = new Map<number, Run>();
  const last = Math.max(...positions);
  for (let offset = Math.min(...positions); offset <= last; offset += CHUNK) {
    const limit = Math.min(CHUNK, last - offset + 1);
    const answer = await call('queryRuns', { ...view, sort: [...view.sort], offset, limit });
    if (!answer.ok) {
      notify('Not all of these runs could be selected.', answer.error);
      break;
    }
    answer.value.runs.forEach((run, n) => found.set(offset + n, run));
  }
  return found;
}

/** Selects the runs between two places of the grid, those that are not read yet as well. */
async function selectBetween(rows: Rows, from: number, to: number): Promise<void> {
  const { source, view } = rows;
  selections += 1;
  const own = selections;
  const lead = source.runAt(to)?.id ?? null;
  const positions = positionsBetween(rows, from, to);
  const step = from <= to ? 1 : -1;
  const inSight: Run[] = [];
  for (let index = from; inSight.length < positions.length && index !== to + step; index += step) {
    const run = source.runAt(index);
    if (run) inSight.push(run);
  }
  if (inSight.length === positions.length) return selectRuns(inSight, lead);
  const asked = await askFor(view, positions);
  if (own !== selections) return;
  const runs = positions.flatMap((position) => asked.get(position) ?? []);
  selectRuns(runs, lead ?? runs.at(-1)?.id ?? null);
}

/** Selects what was clicked, or where the keyboard went, as lists of the system do. */
export function pressRow(rows: Rows, index: number, held: Held, by: 'mouse' | 'keys'): void {
  const { source } = rows;
  const item = source.itemAt(index);
  if (item.kind === 'group') return;
  const start = source.indexOf(anchor.key);
  if (held.shift) return void selectBetween(rows, start < 0 ? anchor.index : start, index);
  if (held.mod && by === 'keys') return;
  anchor = { key: item.key, index };
  if (held.mod && item.kind === 'row') return toggleRun(item.row);
  void selectBetween(rows, index, index);
}

/** Space: in or out of the selection. */
export function toggleRow({ source }: Rows, index: number): void {
  const item = source.itemAt(index);
  if (item.kind !== 'row') return;
  anchor = { key: item.key, index };
  toggleRun(item.row);
}

/** All that the list shows, from the first on. */
export async function selectAll(rows: Rows): Promise<void> {
  const { count } = rows.source;
  if (count === 0) return clearSelection();
  await selectBetween(rows, 0, count - 1);
  const { size } = useRunSelection.getState().runs;
  if (size === MOST && count > MOST) notify(`The first ${formatCount(MOST)} runs are selected.`);
}
