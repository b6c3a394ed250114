import { useLayoutEffect, useMemo, useState } from 'react';
import {
  useDragAndDrop,
  type DragAndDropOptions,
  type ItemDropTarget,
} from 'react-aria-components';
import { moveRuns } from '../../commands/queue-actions.ts';
import { chosenWaiting, dragWaiting, useQueueSelection } from '../../stores/queue-selection.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { LoadedQueue } from './use-queue-view.ts';
import type { Lanes } from './waiting-places.ts';
import { targetOf, type Known } from './waiting-rows.ts';

interface Around {
  lanes: Lanes;
  known: Known;
  loaded: LoadedQueue;
}

/** The runs that are dragged: all selected ones, or one that is not. */
function runsOf(keys: ReadonlySet<string>, known: Known): Run[] {
  const { chosen } = useQueueSelection.getState();
  if ([...keys].every((key) => chosen.has(key))) {
    return chosenWaiting().filter(({ id }) => keys.has(id));
  }
  return [...known.values()].map(({ run }) => run).filter(({ id }) => keys.has(id));
}

const idsOf = (keys: Iterable<string | number>): Set<string> => new Set([...keys].map(String));

/** Moves runs in what was last drawn: asked for anew each time, all rows would be drawn again for that. */
class Reordering {
  #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  see(around: Around): void {
    this.#around = around;
  }

  drag(keys: ReadonlySet<string>): void {
    dragWaiting(runsOf(keys, this.#around.known));
  }

  async drop(keys: ReadonlySet<string>, { key, dropPosition }: ItemDropTarget): Promise<void> {
    const { lanes, known, loaded } = this.#around;
    const side = dropPosition === 'before' ? 'before' : 'after';
    const target = targetOf(lanes, known, { key: String(key), side }, keys);
    if (!target) return;
    const runs = runsOf(keys, known);
    loaded.reorder(keys, target);
    const { before, priority } = target;
    await moveRuns(runs, before === null ? { priority, before } : { before });
    loaded.reload();
  }
}

const optionsFor = (reordering: Reordering): DragAndDropOptions => ({
  // Nothing for other programs, nor for the text fields of the window.
  getItems: (keys) => [...keys].map((key) => ({ 'slipway-run': String(key) })),
  onDragStart: ({ keys }) => reordering.drag(idsOf(keys)),
  onDragEnd: () => dragWaiting([]),
  getAllowedDropOperations: () => ['move'],
  onReorder: ({ keys, target }) => void reordering.drop(idsOf(keys), target),
});

/** Drag and drop, with mouse or keyboard, of runs that wait to other places of their list. */
export function useReordering(around: Around) {
  const [reordering] = useState(() => new Reordering(around));
  useLayoutEffect(() => reordering.see(around));
  return useDragAndDrop(useMemo(() => optionsFor(reordering), [reordering]));
}
