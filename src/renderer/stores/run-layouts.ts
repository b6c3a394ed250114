import { create } from 'zustand';
import type { RunSort } from '../../shared/domain/run-list.ts';
import { isRecord } from '../../shared/is-record.ts';
import { isTexts, keep, readKeptValues } from './kept.ts';

const KEY = 'run-tables';
/** Tables that are remembered: the ones that were changed last. */
const LIMIT = 200;

/** How a table of runs is laid out. */
export interface RunLayout {
  /** Its columns in order; null: those it has at first. */
  shown: readonly string[] | null;
  /** Widths that were set, in px. */
  widths: Readonly<Record<string, number>>;
  sort: readonly RunSort[];
  groupBy: string | null;
}

interface RunTables {
  tables: Readonly<Record<string, RunLayout>>;
  /** For all tables: low rows, and the inspector beside them. */
  dense: boolean;
  inspector: boolean;
}

export const FIRST_LAYOUT: RunLayout = { shown: null, widths: {}, sort: [], groupBy: null };
export const FIRST_TABLES: RunTables = { tables: {}, dense: false, inspector: true };

const isSort = (value: unknown): value is RunSort =>
  isRecord(value) &&
  typeof value['column'] === 'string' &&
  typeof value['descending'] === 'boolean';

/** Takes of a stored layout what can be used. */
function readLayout(stored: unknown): RunLayout {
  if (!isRecord(stored)) return FIRST_LAYOUT;
  const { shown, widths, sort, groupBy } = stored;
  const pairs = Object.entries(isRecord(widths) ? widths : {});
  return {
    shown: isTexts(shown) ? shown : null,
    widths: Object.fromEntries(
      pairs.filter((pair): pair is [string, number] => Number.isFinite(pair[1])),
    ),
    sort: Array.isArray(sort) ? sort.filter(isSort).slice(0, 3) : [],
    groupBy: typeof groupBy === 'string' ? groupBy : null,
  };
}

function readStored(): RunTables {
  const stored = readKeptValues(KEY);
  const tables = isRecord(stored['tables']) ? stored['tables'] : {};
  return {
    tables: Object.fromEntries(
      Object.entries(tables).map(([table, layout]) => [table, readLayout(layout)]),
    ),
    dense: stored['dense'] === true,
    inspector: stored['inspector'] !== false,
  };
}

export const useRunTables = create<RunTables>(() => readStored());

/** Layouts are written down when the window has drawn them, in ms. */
const LATER = 200;
let timer: ReturnType<typeof setTimeout> | undefined;

function write(): void {
  clearTimeout(timer);
  keep(KEY, useRunTables.getState());
}

function set(change: Partial<RunTables>): void {
  useRunTables.setState(change);
  clearTimeout(timer);
  timer = setTimeout(write, LATER);
}

/** Keeps what was changed just before the window is closed or read again. Returns the stop. */
export function rememberLayouts(): () => void {
  window.addEventListener('pagehide', write);
  return () => window.removeEventListener('pagehide', write);
}

/** Lays out a table of runs otherwise, also for the next start. */
export function changeLayout(table: string, change: Partial<RunLayout>): void {
  const { [table]: before = FIRST_LAYOUT, ...others } = useRunTables.getState().tables;
  const kept = Object.entries(others).slice(1 - LIMIT);
  set({ tables: { ...Object.fromEntries(kept), [table]: { ...before, ...change } } });
}

/** Lays a table out as at first. */
export const resetLayout = (table: string): void => changeLayout(table, FIRST_LAYOUT);

export const setDense = (dense: boolean): void => set({ dense });
export const showInspector = (inspector: boolean): void => set({ inspector });
