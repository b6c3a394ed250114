import type { Run } from '../../shared/domain/run.ts';
import { valueColumnId, type RunColumn, type RunScope } from '../../shared/domain/run-list.ts';
import type { World } from './fake-world.ts';
import type { Handlers } from './handlers.ts';

const isIn =
  ({ projectId, jobId, sweepId, binned = false }: RunScope) =>
  (run: Run): boolean =>
    (projectId === undefined || run.projectId === projectId) &&
    (jobId === undefined || run.jobId === jobId) &&
    (sweepId === undefined || run.sweep?.id === sweepId) &&
    (run.binnedAt !== null) === binned;

/** Lists of runs: newest first, filtered by text and state alone. */
export const runListHandlers = (world: World): Pick<Handlers, 'queryRuns' | 'runColumns'> => ({
  queryRuns: ({ scope, filter, offset, limit }) => {
    const all = world.runs.filter(isIn(scope)).toSorted((a, b) => b.createdAt - a.createdAt);
    const { text = '', states } = filter;
    const found = all.filter(
      ({ name, jobName, state }) =>
        `${name} ${jobName}`.toLowerCase().includes(text.toLowerCase()) &&
        (!states || states.includes(state)),
    );
    const runs = found.slice(offset, offset + limit);
    return { all: all.length, total: found.length, runs, groups: null };
  },
  runColumns: ({ scope }) => {
    const columns = new Map<string, RunColumn>();
    for (const run of world.runs.filter(isIn(scope))) {
      for (const of of ['config', 'summary'] as const) {
        for (const [name, value] of Object.entries(run[of] ?? {})) {
          const id = valueColumnId(of, name);
          const have = columns.get(id) ?? { id, name, of, numeric: false, differs: true, count: 0 };
          const numeric = have.numeric || typeof value === 'number';
          columns.set(id, { ...have, numeric, count: have.count + 1 });
        }
      }
    }
    return [...columns.values()];
  },
});
