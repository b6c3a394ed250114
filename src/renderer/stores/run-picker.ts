import { create } from 'zustand';

interface Picker {
  /** Runs that one more is chosen to be laid beside; null while nobody chooses. */
  beside: readonly string[] | null;
}

/** The list that a run is chosen from, to be compared. */
export const useRunPicker = create<Picker>(() => ({ beside: null }));

export const pickBeside = (runIds: readonly string[]): void =>
  useRunPicker.setState({ beside: runIds });

export const closePicker = (): void => useRunPicker.setState({ beside: null });
