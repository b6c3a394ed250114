import { create } from 'zustand';
import type { Run } from '../../shared/domain/run.ts';

/** The runs that are selected in the list on the screen. */
export interface RunSelection {
  /** The list it is of; null while none is on the screen. */
  table: string | null;
  /** The list that the selection is of: it is there again when that list is. */
  of: string | null;
  runs: ReadonlyMap<string, Run>;
  /** The one that was selected last: the inspector shows it. */
  lead: string | null;
  /** Their tags are being changed. */
  tagging: boolean;
}

export const NO_SELECTION: RunSelection = {
  table: null,
  of: null,
  runs: new Map(),
  lead: null,
  tagging: false,
};

export const useRunSelection = create<RunSelection>(() => NO_SELECTION);

/** The selected runs, as they stand now; none while no list is on the screen. */
export function selectedRuns(): Run[] {
  const { table, runs } = useRunSelection.getState();
  return table === null ? [] : [...runs.values()];
}

export const selectRuns = (runs: readonly Run[], lead: string | null): void =>
  useRunSelection.setState({ runs: new Map(runs.map((run) => [run.id, run])), lead });

export const clearSelection = (): void => selectRuns([], null);

/** Takes a run into the selection, or out of it. */
export function toggleRun(run: Run): void {
  const { runs } = useRunSelection.getState();
  const others = [...runs.values()].filter(({ id }) => id !== run.id);
  if (others.length < runs.size) selectRuns(others, others.at(-1)?.id ?? null);
  else selectRuns([...others, run], run.id);
}

/** Puts in newer rows of selected runs; those that were deleted or put into the bin are selected no more. */
export function refreshSelection(changed: readonly Run[], removed: readonly string[]): void {
  const { runs, lead } = useRunSelection.getState();
  const touched = changed.some(({ id }) => runs.has(id)) || removed.some((id) => runs.has(id));
  if (!touched) return;
  const next = new Map(runs);
  for (const run of changed) if (next.has(run.id)) next.set(run.id, run);
  const binned = changed.filter(({ binnedAt }) => binnedAt !== null).map(({ id }) => id);
  for (const id of [...removed, ...binned]) next.delete(id);
  useRunSelection.setState({ runs: next, lead: lead && next.has(lead) ? lead : null });
}

export const setTagging = (tagging: boolean): void => useRunSelection.setState({ tagging });
