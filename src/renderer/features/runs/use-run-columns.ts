import { useMemo } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { chooseColumns, useColumns } from '../../stores/columns.ts';
import type { ColumnGroup } from './column-menu.tsx';
import { differingNames, flatValues, numberNames } from './flat-values.ts';

/** Columns that a table has until others are chosen. */
const FIRST = 6;
/** Runs that are looked at for what differs: the newest ones, so that thousands cost nothing. */
const LOOKED_AT = 500;

/** A column of the values of runs: of what they were configured with, or came to. */
export interface ValueColumn {
  /** `config lr`, `summary loss`: the same name may be in both. */
  id: string;
  name: string;
  of: 'config' | 'summary';
}

const columnsOf = (of: ValueColumn['of'], names: readonly string[]): ValueColumn[] =>
  names.map((name) => ({ id: `${of} ${name}`, name, of }));

export interface RunColumns {
  shown: readonly ValueColumn[];
  groups: readonly ColumnGroup[];
  choose: (ids: readonly string[]) => void;
}

const groupOf = (title: string, columns: readonly ValueColumn[]): ColumnGroup => ({
  title,
  columns: columns.map(({ id, name }) => ({ id, name })),
});

/** Which values of the runs of a job are columns: the chosen ones, else what differs between them. */
export function useRunColumns(jobId: string, runs: readonly Run[]): RunColumns {
  const table = `runs ${jobId}`;
  const chosen = useColumns((all) => all[table]);
  const known = useMemo(() => {
    const looked = runs.slice(0, LOOKED_AT);
    const configs = looked.map(({ config }) => flatValues(config));
    const differing = columnsOf('config', differingNames(configs));
    const isDiffering = new Set(differing.map(({ id }) => id));
    const same = columnsOf('config', [...new Set(configs.flatMap((map) => [...map.keys()]))]);
    const results = numberNames(looked.map(({ summary }) => flatValues(summary)));
    return {
      differing,
      same: same.filter(({ id }) => !isDiffering.has(id)),
      results: columnsOf('summary', results),
    };
  }, [runs]);
  return useMemo(() => {
    const { differing, same, results } = known;
    const all = [...differing, ...results, ...same];
    return {
      shown: chosen ? all.filter(({ id }) => chosen.includes(id)) : differing.slice(0, FIRST),
      groups: [
        groupOf('Config that differs', differing),
        groupOf('Results', results),
        groupOf('Config that is the same', same),
      ],
      choose: (ids) => chooseColumns(table, ids),
    };
  }, [known, chosen, table]);
}
