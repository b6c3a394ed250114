import { useRef, type KeyboardEvent } from 'react';
import type { Job } from '../../../shared/domain/job.ts';
import { chooseJobs, useUi } from '../../stores/ui.ts';
import type { Held } from '../../ui/grid-keys.ts';

/** Which jobs of a list are chosen: by moving to them, by held keys, and by the space bar. */
export function useChoosing(rows: readonly Job[]) {
  const chosen = useUi((ui) => ui.chosenJobs);
  const anchor = useRef(0);
  const idAt = (index: number): string => rows[index]!.id;

  const toggle = (index: number): void => {
    const id = idAt(index);
    anchor.current = index;
    chooseJobs(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  };
  const extend = (index: number): void => {
    const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
    chooseJobs(rows.slice(from, to + 1).map(({ id }) => id));
  };
  const only = (index: number): void => {
    anchor.current = index;
    chooseJobs([idAt(index)]);
  };
  const forMenu = (index: number): void => {
    if (!chosen.includes(idAt(index))) only(index);
  };
  return {
    isChosen: (id: string): boolean => chosen.includes(id),
    press: (index: number, { mod, shift }: Held): void => {
      if (shift) extend(index);
      else if (mod) toggle(index);
      else only(index);
    },
    /** A right click, or a key that takes what is chosen: the row it is on, when others are chosen. */
    forMenu,
    key: (event: KeyboardEvent, active: number): boolean => {
      if (event.key === ' ') toggle(active);
      else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
        chooseJobs(rows.map(({ id }) => id));
      } else {
        if (event.key === 'Delete' || event.key === 'Enter') forMenu(active);
        return false;
      }
      return true;
    },
  };
}
