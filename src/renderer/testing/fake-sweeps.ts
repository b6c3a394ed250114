import type { Changes } from '../../shared/contract/events.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Run, RunState } from '../../shared/domain/run.ts';
import type { Sweep, SweepAxis, SweepPlan } from '../../shared/domain/sweep.ts';
import { err, type Result } from '../../shared/result.ts';
import { makeRun } from './fake-data.ts';
import type { World } from './fake-world.ts';
import type { Handlers } from './handlers.ts';

type SweepHandlers = Pick<
  Handlers,
  'planSweep' | 'startSweep' | 'listSweeps' | 'getSweep' | 'stopSweep' | 'rerunSweepFailed'
>;
type Values = Record<string, Json>;

/** Cells that a preview shows. */
const FIRST = 20;

function valuesOf(axis: SweepAxis): Json[] {
  if (axis.kind === 'list') return axis.values;
  if (axis.kind === 'draw') return [axis.min, (axis.min + axis.max) / 2, axis.max];
  const count = Math.floor((axis.to - axis.from) / axis.step) + 1;
  return Array.from({ length: count }, (_, i) => axis.from + i * axis.step);
}

/** Every combination, or `count` of them in turn: which cells there are is not the window's affair. */
function cellsOf({ axes, count }: SweepPlan): Values[] {
  const grid = axes.reduce<Values[]>(
    (cells, axis) =>
      cells.flatMap((cell) => valuesOf(axis).map((value) => ({ ...cell, [axis.input]: value }))),
    [{}],
  );
  return count === null ? grid : Array.from({ length: count }, (_, i) => grid[i % grid.length]!);
}

function statesOf(runs: readonly Run[]): Sweep['states'] {
  const states: Record<string, number> = {};
  for (const { state } of runs) states[state] = (states[state] ?? 0) + 1;
  return states;
}

/** The newest run of each cell. */
function runsOf(world: World, sweepId: string): Run[] {
  const newest = new Map<number, Run>();
  for (const run of world.runs.toReversed()) {
    if (run.sweep?.id === sweepId) newest.set(run.sweep.cell, run);
  }
  return [...newest.values()].toSorted((a, b) => a.sweep!.cell - b.sweep!.cell);
}

/** Puts a sweep into the world, with a run for each cell in the given states, one after another. */
export function makeSweep(
  world: World,
  change: Partial<Sweep> & Pick<Sweep, 'id' | 'name' | 'plan'>,
  states: readonly RunState[],
  summaryOf: (values: Values) => Values | null,
): Sweep {
  const version = world.versions.find(({ id }) => id === change.versionId);
  const job = world.jobs.find(({ id }) => id === version?.jobId) ?? world.jobs[0]!;
  const createdAt = change.createdAt ?? Date.now() - 3_600_000;
  const runs = cellsOf(change.plan).map((config, cell) => {
    const state = states[cell % states.length]!;
    const named = { id: `${change.id}-${cell}`, name: `${change.name}-${cell + 1}` };
    const summary = state === 'finished' || state === 'running' ? summaryOf(config) : null;
    const sweep = { id: change.id, cell };
    return makeRun({ ...named, state, sweep, config, summary, createdAt: createdAt + cell }, job);
  });
  world.runs.unshift(...runs.toReversed());
  const sweep: Sweep = {
    ...{ projectId: job.projectId, jobId: job.id, jobName: job.name },
    versionId: version?.id ?? `${job.id}-v${job.latestVersion}`,
    versionNumber: version?.number ?? job.latestVersion,
    ...{ concurrency: 2, cells: runs.length, states: statesOf(runs), stopRequestedAt: null },
    createdAt,
    ...change,
  };
  world.sweeps.unshift(sweep);
  return sweep;
}

/** Queues a new run of each cell that failed. */
function queueAgain(world: World, sweepId: string): void {
  for (const run of runsOf(world, sweepId)) {
    if (run.state !== 'failed' && run.state !== 'crashed') continue;
    const id = `${run.id}-again`;
    const ends = { state: 'queued', reason: null, startedAt: null, endedAt: null } as const;
    world.runs.unshift({ ...run, ...ends, id, createdAt: Date.now() });
  }
}

/** What the fake main process does about sweeps. */
export function sweepHandlers(
  world: World,
  changed: (changes: Partial<Changes>) => void,
): SweepHandlers {
  const withSweep = <T>(sweepId: string, then: (sweep: Sweep) => T): T | Result<never> => {
    const sweep = world.sweeps.find(({ id }) => id === sweepId);
    return sweep ? then(sweep) : err({ code: 'E_NOT_FOUND', message: 'There is no such sweep.' });
  };
  const update = (sweep: Sweep, change: Partial<Sweep> = {}): Sweep => {
    const runs = runsOf(world, sweep.id);
    const next = { ...sweep, ...change, states: statesOf(runs) };
    world.sweeps.splice(world.sweeps.indexOf(sweep), 1, next);
    changed({ sweeps: [next], runs });
    return next;
  };
  return {
    planSweep: ({ plan }) => {
      const cells = cellsOf(plan);
      return { cells: cells.length, first: cells.slice(0, FIRST), problems: [] };
    },
    startSweep: ({ versionId, plan, name, concurrency }) => {
      const id = `sweep-new-${world.sweeps.length}`;
      const like = { id, name: name ?? id, versionId, plan, concurrency, createdAt: Date.now() };
      return update(makeSweep(world, like, ['queued'], () => null));
    },
    listSweeps: ({ projectId, jobId }) =>
      world.sweeps.filter(
        (sweep) =>
          (!projectId || sweep.projectId === projectId) && (!jobId || sweep.jobId === jobId),
      ),
    getSweep: ({ sweepId }) =>
      withSweep(sweepId, (sweep) => ({
        sweep,
        cells: runsOf(world, sweepId).map(({ id, config, sweep: place }) => ({
          ...{ cell: place!.cell, values: config as Values, runId: id },
        })),
      })),
    stopSweep: ({ sweepId }) =>
      withSweep(sweepId, (sweep) => update(sweep, { stopRequestedAt: Date.now() })),
    rerunSweepFailed: ({ sweepId }) =>
      withSweep(sweepId, (sweep) => {
        queueAgain(world, sweepId);
        return update(sweep);
      }),
  };
}
