import type { Selection } from 'react-aria-components';
import type { QueueEntry } from '../../../shared/domain/queue.ts';
import { chooseWaiting, useQueueSelection } from '../../stores/queue-selection.ts';
import { notify } from '../../stores/ui.ts';
import { readWaiting } from './queue-reader.ts';
import type { Known } from './waiting-rows.ts';

/** The queue on the screen, and what of it is known. */
export interface Had {
  queueId: string;
  known: Known;
  total: number;
}

/**
 * Places between two selected rows that stand next to each other among those that are known: what was
 * selected from the one to the other is selected there as well.
 */
export function gapsIn(known: Known, chosen: ReadonlySet<string>): [number, number][] {
  const places = [...known.keys()].toSorted((a, b) => a - b);
  return places.flatMap((place, at): [number, number][] => {
    const next = places[at + 1] ?? place;
    const isChosen = (each: number) => chosen.has(known.get(each)!.run.id);
    return next > place + 1 && isChosen(place) && isChosen(next) ? [[place + 1, next]] : [];
  });
}

/** How often something was selected: what is read for one selection is not put into the next. */
let selections = 0;

async function chooseWith(queueId: string, entries: QueueEntry[], gaps: [number, number][]) {
  const mine = selections;
  for (const [from, to] of gaps) {
    const read = await readWaiting(queueId, from, to);
    if (!read.ok) return notify('Not all runs could be selected.', read.error);
    entries.push(...read.value);
  }
  if (mine === selections) chooseWaiting(entries);
}

/** Selects runs that wait, also those that have not been read. */
export function selectWaiting({ queueId, known, total }: Had, selection: Selection): void {
  selections += 1;
  if (selection === 'all') return void chooseWith(queueId, [], [[0, total]]);
  const keys = new Set([...selection].map(String));
  const { chosen } = useQueueSelection.getState();
  const have = new Map([
    ...chosen,
    ...[...known.values()].map((each) => [each.run.id, each] as const),
  ]);
  const entries = [...keys].flatMap((id) => have.get(id) ?? []);
  chooseWaiting(entries);
  const gaps = gapsIn(known, keys);
  if (gaps.length > 0) void chooseWith(queueId, entries, gaps);
}
