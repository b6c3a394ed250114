import { create } from 'zustand';
import { isTexts, keep, readKeptValues } from './kept.ts';

const KEY = 'columns';
/** Tables that are remembered: the ones that were changed last. */
const LIMIT = 200;

type Chosen = Readonly<Record<string, readonly string[]>>;

const isOfTable = (entry: [string, unknown]): entry is [string, string[]] => isTexts(entry[1]);

const readStored = (): Chosen =>
  Object.fromEntries(Object.entries(readKeptValues(KEY)).filter(isOfTable));

/** The columns that the person chose, by the table they are of. */
export const useColumns = create<Chosen>(readStored);

/** Keeps the columns of a table, also for the next start. */
export function chooseColumns(table: string, names: readonly string[]): void {
  const { [table]: _before, ...others } = useColumns.getState();
  const kept = Object.entries(others).slice(1 - LIMIT);
  const next = { ...Object.fromEntries(kept), [table]: names };
  useColumns.setState(next, true);
  keep(KEY, next);
}
