import { create } from 'zustand';

const KEY = 'slipway.columns';
/** Tables that are remembered: the ones that were changed last. */
const LIMIT = 200;

type Chosen = Readonly<Record<string, readonly string[]>>;

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

function readStored(): Chosen {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, names]) => isNames(names)));
  } catch {
    // Unreadable: as at the first time.
    return {};
  }
}

/** The columns that the person chose, by the table they are of. */
export const useColumns = create<Chosen>(() => readStored());

/** Keeps the columns of a table, also for the next start. */
export function chooseColumns(table: string, names: readonly string[]): void {
  const { [table]: _before, ...others } = useColumns.getState();
  const kept = Object.entries(others).slice(1 - LIMIT);
  const next = { ...Object.fromEntries(kept), [table]: names };
  useColumns.setState(next, true);
  localStorage.setItem(KEY, JSON.stringify(next));
}
