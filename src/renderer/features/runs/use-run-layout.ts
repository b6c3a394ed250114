import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { RunColumn, RunScope } from '../../../shared/domain/run-list.ts';
import { call } from '../../bridge/client.ts';
import {
  changeLayout,
  FIRST_LAYOUT,
  useRunTables,
  type RunLayout,
} from '../../stores/run-layouts.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { Column } from '../../ui/grid-model.ts';
import { leastWidth, runColumn } from './run-columns.tsx';

/** Columns of values that a table of one job has until others are chosen. */
const FIRST_VALUES = 6;
/** Columns are asked for again this long after the runs became more, in ms. */
const CALM = 2000;
const GAP = 16;

/** What runs of a job, or of a whole project, are told by at first. */
const firstColumns = (known: readonly RunColumn[], ofJob: boolean): string[] => {
  const values = known.filter(({ of, differs }) => of === 'config' && differs);
  return [
    ...(ofJob ? ['name', 'starred', 'state'] : ['name', 'starred', 'state', 'job']),
    ...['version', 'creator', 'created', 'duration'],
    ...(ofJob ? values.slice(0, FIRST_VALUES).map(({ id }) => id) : []),
  ];
};

/** The columns of values there are; null until they are known. A failure leaves those known before. */
function useKnownColumns(scope: RunScope, all: number | null): readonly RunColumn[] | null {
  const [known, setKnown] = useState<readonly RunColumn[] | null>(null);
  const askedAt = useRef<number | null>(null);
  const ask = useEffectEvent(async (): Promise<void> => {
    const answer = await call('runColumns', { scope });
    setKnown((have) => (answer.ok ? answer.value : (have ?? [])));
  });
  useEffect(() => void ask(), []);
  useEffect(() => {
    const before = askedAt.current;
    askedAt.current = all;
    if (before === null || before === all) return;
    // More runs may have more columns.
    const timer = setTimeout(() => void ask(), CALM);
    return () => clearTimeout(timer);
  }, [all]);
  return known;
}

export interface RunLayoutNow {
  layout: RunLayout;
  known: readonly RunColumn[];
  /** Ids of the columns that are shown, in order. */
  shown: readonly string[];
  columns: readonly Column<Run>[];
  /** The least width of the table, in px. */
  minWidth: number;
  /** False until it is known which columns there are. */
  ready: boolean;
  change: (change: Partial<RunLayout>) => void;
}

/** How a table of runs is laid out: as it was left, else with what tells its runs apart. `all`: how many runs. */
export function useRunLayout(table: string, scope: RunScope, all: number | null): RunLayoutNow {
  const layout = useRunTables(({ tables }) => tables[table] ?? FIRST_LAYOUT);
  const asked = useKnownColumns(scope, all);
  const ofJob = scope.jobId !== undefined;
  const { shown: chosen, widths } = layout;
  // Not of the order and the groups: the cells of all rows would be drawn again for them.
  const columns = useMemo(() => {
    const known = asked ?? [];
    const shown = chosen ?? firstColumns(known, ofJob);
    const numeric = new Set(known.flatMap((column) => (column.numeric ? [column.id] : [])));
    return {
      known,
      shown,
      columns: shown.map((id) => runColumn(id, widths, numeric.has(id))),
      minWidth: shown.reduce((sum, id) => sum + leastWidth(id, widths) + GAP, GAP),
      ready: asked !== null || chosen !== null || !ofJob,
    };
  }, [asked, chosen, widths, ofJob]);
  return { ...columns, layout, change: (change) => changeLayout(table, change) };
}
