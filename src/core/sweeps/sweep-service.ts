import { AppError } from '../../shared/errors.ts';
import type { LaunchProblem, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { QueuePlacement } from '../../shared/domain/queue.ts';
import { PRIORITIES, type EngineKind, type RewritePolicy } from '../../shared/domain/run.ts';
import type { Sweep, SweepCell, SweepPlan, SweepPreview } from '../../shared/domain/sweep.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { ExecutorLock } from '../db/executor-lock.ts';
import type { NewRun } from '../db/insert-run.ts';
import type { JobService } from '../jobs/job-service.ts';
import { stoppedBeforeStart } from '../runs/failure.ts';
import type { Launcher } from '../launch/launcher.ts';
import { placeLaunch } from '../queue/place-launch.ts';
import { refuseProblems } from '../launch/refuse-problems.ts';
import { checkCancelled } from '../scope.ts';
import type { Control } from '../snapshots/snapshots.ts';
import { cellsOf, planProblems, type CellValues } from './cells.ts';
import { planCells, specOfCell, type CellPlanner } from './sweep-launcher.ts';
import { Turns } from './turns.ts';
import { discardLeft, writeSweep } from './write-sweep.ts';

/** What a preview shows and checks of the cells. */
const PREVIEW_CELLS = 100;
/** Values of an axis that a preview checks. */
const PREVIEW_VALUES = 100;

const NEVER_SKIPPED =
  'Every cell is run: those that finished before in other runs are not skipped.';

export interface SweepRequest {
  versionId: string;
  entryPoint?: string | undefined;
  engine?: EngineKind | undefined;
  /** What every cell is given beside its own values. */
  spec: LaunchSpec;
  plan: SweepPlan;
}

export interface StartSweepRequest extends SweepRequest {
  name?: string | undefined;
  /** Cells that run at a time. */
  concurrency: number;
  rewrite?: RewritePolicy | undefined;
  /** Its cells are put into a queue, whose limits hold beside that of the sweep. */
  queue?: QueuePlacement | undefined;
  /** Takes the job's source again first, as a launch without a version does: the cells run that. */
  fresh?: boolean | undefined;
}

export interface SweepServiceParts {
  repos: Repos;
  jobs: JobService;
  launcher: Launcher;
  lock: ExecutorLock;
  /** A planner that asks only once for what is the same for all cells. */
  planner(): CellPlanner;
  clock: Clock;
}

/** Groups of runs of one version, each with values of its own. */
export class SweepService {
  readonly #parts: SweepServiceParts;

  constructor(parts: SweepServiceParts) {
    this.#parts = parts;
  }

  /** What a sweep would start. @throws AppError for a version or entry point that cannot be used */
  async plan(request: SweepRequest): Promise<SweepPreview> {
    const problems = planProblems(request.plan);
    if (problems.length > 0) return { cells: 0, first: [], problems };
    const cells = cellsOf(request.plan);
    const first = cells.first(PREVIEW_CELLS);
    const found = await this.#problemsOf(request, [...first, ...variations(request.plan, first)]);
    return { cells: cells.total, first, problems: found };
  }

  /**
   * Queues a run for each cell, all or none; whoever follows the data folder starts them.
   * @throws AppError `E_SWEEP`; for a cell that could not be launched; as a launch does; `E_CANCELLED`
   */
  async start(
    asked: StartSweepRequest,
    control: Control,
  ): Promise<{ sweep: Sweep; notes: string[] }> {
    const { repos, jobs, launcher, lock, clock } = this.#parts;
    const { launch: request, place, notes: ofQueue } = placeLaunch(repos.queues, asked);
    const { plan, spec, concurrency, name } = request;
    refuseProblems([...planProblems(plan), ...concurrencyProblems(concurrency)]);
    const { jobId } = jobs.version(request.versionId);
    const wanted = request.fresh ? undefined : request.versionId;
    const base = await launcher.base(
      { ...request, name: undefined, jobId, versionId: wanted },
      control,
    );
    const versionId = base.version.id;
    const { total, first } = cellsOf(plan);
    const parts = { launcher, planner: this.#parts.planner() };
    const cells = await planCells(parts, { base, spec, place }, first(total), control);
    checkCancelled(control.signal, 'The sweep');
    const { projectId } = base.job;
    const sweep = { projectId, jobId, versionId, name: name?.trim() || null, plan, concurrency };
    const notes = [
      ...ofQueue,
      ...base.notes,
      ...(spec.settings.skipIdentical ? [NEVER_SKIPPED] : []),
    ];
    const stamp = { maker: lock.id, now: clock.now() };
    const id = await writeSweep(repos.sweepDrafts, { sweep, cells }, stamp, control.signal);
    return { sweep: this.get(id), notes };
  }

  /** At start: removes sweeps that a process which died left half written. */
  async tidy(): Promise<void> {
    await discardLeft(this.#parts.repos.sweepDrafts, this.#parts.lock);
  }

  /** @throws AppError `E_NOT_FOUND` */
  get(sweepId: string): Sweep {
    const sweep = this.#parts.repos.sweeps.get(sweepId);
    if (sweep) return sweep;
    throw new AppError('E_NOT_FOUND', `There is no sweep "${sweepId}".`, {
      next: 'See `slipway sweep list`.',
    });
  }

  /** Every cell with its newest run. */
  cells(sweepId: string): SweepCell[] {
    return this.#parts.repos.sweeps.cells(this.get(sweepId).id);
  }

  /** Ends what waits and asks what runs to end; once more, to end at once. */
  stop(sweepId: string): Sweep {
    const { repos, clock } = this.#parts;
    repos.sweeps.stop(this.get(sweepId).id, stoppedBeforeStart().reason, clock.now());
    return this.get(sweepId);
  }

  /**
   * Queues a new run for each cell whose newest run failed or crashed, given the same.
   * @throws AppError `E_STATE` when there is none
   */
  rerunFailed(sweepId: string): Sweep {
    const { repos, clock } = this.#parts;
    const sweep = this.get(sweepId);
    const failed = repos.sweeps.newestIn(sweep.id, ['failed', 'crashed']);
    if (failed.length === 0) {
      throw new AppError('E_STATE', `No cell of "${sweep.name}" has failed.`, {
        next: 'Only cells that failed or crashed are run again; see `slipway sweep show`.',
      });
    }
    repos.sweeps.addRuns(
      sweep.id,
      failed.map((runId) => this.#again(sweep, runId)),
      clock.now(),
    );
    return this.get(sweepId);
  }

  #again({ name }: Sweep, runId: string): NewRun {
    const { runs, specs } = this.#parts.repos;
    const run = runs.get(runId)!;
    const { projectId, jobId, versionId, engine, entryPoint, rewrite, sweep, queue } = run;
    return {
      ...{ projectId, jobId, versionId, entryPoint, rewrite, sweep },
      name: `${name}-${sweep!.cell + 1}`,
      engine: engine!,
      executor: null,
      inputs: specs.of(runId)!,
      queue: queue
        ? { id: queue.id, priority: PRIORITIES.indexOf(run.priority), notBefore: null }
        : undefined,
    };
  }

  async #problemsOf(
    { versionId, entryPoint, engine, spec }: SweepRequest,
    cells: readonly CellValues[],
  ): Promise<LaunchProblem[]> {
    const { jobs } = this.#parts;
    const version = jobs.version(versionId);
    const words = entryPoint && (await jobs.entryPointFor(version, entryPoint));
    const base = { version, entryPoint: words || version.entryPoint, engine: engine ?? null };
    const planner = this.#parts.planner();
    const found = new Map<string, LaunchProblem>();
    const turns = new Turns();
    for (const values of cells) {
      await turns.next();
      const { problems } = await planner.plan({ ...base, spec: specOfCell(spec, values) });
      for (const each of problems) found.set(JSON.stringify(each), each);
    }
    return [...found.values()];
  }
}

function concurrencyProblems(concurrency: number): LaunchProblem[] {
  if (Number.isInteger(concurrency) && concurrency >= 1) return [];
  const message = `${concurrency} cells cannot run at a time.`;
  return [{ code: 'E_SWEEP', path: 'concurrency', message, next: 'Give a whole number from 1.' }];
}

/** The first cell with each of the first values of each axis: what is wrong with one of them shows. */
function variations(plan: SweepPlan, [first]: readonly CellValues[]): CellValues[] {
  if (plan.method === 'random' || !first) return [];
  return plan.axes.flatMap((axis) =>
    cellsOf({ ...plan, axes: [axis] })
      .first(PREVIEW_VALUES)
      .map((value) => ({ ...first, ...value })),
  );
}
