import type { Changes } from '../../shared/contract/events.ts';
import type { Sweep, SweepAxis, SweepCell, SweepPlan } from '../../shared/domain/sweep.ts';
import { err } from '../../shared/result.ts';
import { makeRun } from './fake-data.ts';
import type { World } from './fake-world.ts';
import type { Handlers } from './handlers.ts';

type SweepHandlers = Pick<
  Handlers,
  'planSweep' | 'startSweep' | 'listSweeps' | 'getSweep' | 'stopSweep' | 'rerunSweepFailed'
>;
type Values = SweepCell['values'];

const valuesOf = (axis: SweepAxis): Values[string][] => {
  if (axis.kind === 'list') return axis.values;
  return axis.kind === 'range' ? [axis.from, axis.to] : [axis.min];
};

/** Every combination of a few values, whatever the method: which cells there are is not the window's affair. */
const cellsOf = ({ axes }: SweepPlan): Values[] =>
  axes.reduce<Values[]>(
    (cells, axis) =>
      cells.flatMap((cell) => valuesOf(axis).map((value) => ({ ...cell, [axis.input]: value }))),
    [{}],
  );

/** What the fake main process does about sweeps; those that were started are kept here. */
export function sweepHandlers(
  world: World,
  changed: (changes: Partial<Changes>) => void,
): SweepHandlers {
  const sweeps: Sweep[] = [];
  const cells = new Map<string, SweepCell[]>();
  const change = (sweepId: string, to: Partial<Sweep>) => {
    const index = sweeps.findIndex(({ id }) => id === sweepId);
    if (index < 0) return err({ code: 'E_NOT_FOUND', message: 'There is no such sweep.' });
    sweeps[index] = { ...sweeps[index]!, ...to };
    changed({ sweeps: [sweeps[index]] });
    return sweeps[index];
  };
  return {
    planSweep: ({ plan }) => {
      const first = cellsOf(plan);
      return { cells: first.length, first, problems: [] };
    },
    startSweep: ({ versionId, plan, name, concurrency }) => {
      const version = world.versions.find((each) => each.id === versionId);
      const job = world.jobs.find((each) => each.id === version?.jobId);
      const id = `sweep-new-${sweeps.length}`;
      const sweep: Sweep = {
        ...{ id, plan, concurrency, versionId },
        projectId: job?.projectId ?? 'p1',
        jobId: job?.id ?? 'j1',
        jobName: job?.name ?? 'hello',
        versionNumber: version?.number ?? 0,
        name: name ?? `${job?.name ?? 'hello'}-sweep-1`,
        cells: cellsOf(plan).length,
        states: { queued: cellsOf(plan).length },
        stopRequestedAt: null,
        createdAt: Date.now(),
      };
      const runs = cellsOf(plan).map((config, cell) =>
        makeRun(
          {
            ...{ id: `${id}-${cell}`, name: `${sweep.name}-${cell}`, config },
            ...{ sweep: { id, cell }, state: 'queued' as const, createdAt: Date.now() },
          },
          job,
        ),
      );
      sweeps.unshift(sweep);
      world.runs.unshift(...runs.toReversed());
      const made = runs.map((run) => ({
        cell: run.sweep!.cell,
        values: run.config as Values,
        runId: run.id,
      }));
      cells.set(id, made);
      changed({ sweeps: [sweep], runs });
      return sweep;
    },
    listSweeps: ({ projectId, jobId }) =>
      sweeps.filter(
        (sweep) =>
          (!projectId || sweep.projectId === projectId) && (!jobId || sweep.jobId === jobId),
      ),
    getSweep: ({ sweepId }) => {
      const sweep = sweeps.find(({ id }) => id === sweepId);
      if (!sweep) return err({ code: 'E_NOT_FOUND', message: 'There is no such sweep.' });
      return { sweep, cells: cells.get(sweepId) ?? [] };
    },
    stopSweep: ({ sweepId }) => change(sweepId, { stopRequestedAt: Date.now() }),
    rerunSweepFailed: ({ sweepId }) => change(sweepId, { stopRequestedAt: null }),
  };
}
