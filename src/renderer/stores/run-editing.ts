import { create } from 'zustand';

/** What of a run is edited in place. */
export type EditedPart = 'name' | 'tags' | 'notes';

interface Editing {
  /** Null while nothing is. */
  edited: { runId: string; part: EditedPart } | null;
}

/** What the commands have opened for editing; the page of the run shows the field. */
export const useRunEditing = create<Editing>(() => ({ edited: null }));

export const editRun = (runId: string, part: EditedPart): void =>
  useRunEditing.setState({ edited: { runId, part } });

export const endEditing = (): void => useRunEditing.setState({ edited: null });

/** Whether this part of this run is being edited. */
export const useIsEdited = (runId: string, part: EditedPart): boolean =>
  useRunEditing(({ edited }) => edited?.runId === runId && edited.part === part);
