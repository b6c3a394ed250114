import type { Changes } from '../../shared/contract/events.ts';
import { ACTIVE_STATES, type RunState } from '../../shared/domain/run.ts';
import type { SweepCell } from '../../shared/domain/sweep.ts';
import type { Result } from '../../shared/result.ts';
import type { ErrorData } from '../../shared/errors.ts';
import { useEntities } from '../stores/entities.ts';
import { useOperations } from '../stores/operations.ts';
import { getBridge, call } from './client.ts';
import { refreshSelection } from '../stores/run-selection.ts';
import { useUi } from '../stores/ui.ts';
import { withoutOldRuns } from './keep-runs.ts';
import { putChanges, putEvents, putRows, putSteps } from './merge.ts';

/** Rows asked for at a time: more than a screen shows, few enough not to keep the main process. */
const PAGE = 100;
/** Runs that go on, and those that wait, which are asked for at the start; of the latter there may be more. */
const ACTIVE = 500;

/** Ids that were pushed while an answer was under way: the answer may be older than the push. */
const openLoads = new Set<Set<string>>();

function applyChanges(changes: Changes): void {
  for (const pushed of openLoads) {
    for (const row of [
      ...changes.jobs,
      ...changes.versions,
      ...changes.runs,
      ...changes.sweeps,
      ...changes.queues,
      ...changes.projects,
    ]) {
      pushed.add(row.id);
    }
    for (const ids of Object.values(changes.removed)) for (const id of ids) pushed.add(id);
  }
  useEntities.setState((have) =>
    withoutOldRuns({ ...have, ...putChanges(have, changes) }, useUi.getState().history.at),
  );
  // Whatever page is on the screen: the list whose selection it is comes back with it.
  refreshSelection(changes.runs, changes.removed.runs);
}

/** Asks, and hands on which rows must not be overwritten by the answer. */
async function load<T>(
  ask: () => Promise<Result<T>>,
  put: (value: T, fresh: <R extends { id: string }>(rows: readonly R[]) => R[]) => void,
): Promise<ErrorData | null> {
  const pushed = new Set<string>();
  openLoads.add(pushed);
  const result = await ask();
  openLoads.delete(pushed);
  if (!result.ok) return result.error;
  put(result.value, (rows) => rows.filter((row) => !pushed.has(row.id)));
  return null;
}

const loadProjects = (): Promise<ErrorData | null> =>
  load(
    () => call('listProjects', {}),
    (rows, fresh) =>
      useEntities.setState((have) => ({ projects: putRows(have.projects, fresh(rows)) })),
  );

const loadJobs = (): Promise<ErrorData | null> =>
  load(
    () => call('listJobs', {}),
    (rows, fresh) => useEntities.setState((have) => ({ jobs: putRows(have.jobs, fresh(rows)) })),
  );

const loadQueues = (): Promise<ErrorData | null> =>
  load(
    () => call('listQueues', {}),
    (rows, fresh) =>
      useEntities.setState((have) => ({ queues: putRows(have.queues, fresh(rows)) })),
  );

async function loadRunPage(
  scope: { sweepId?: string },
  before: string | undefined,
): Promise<{ error: ErrorData | null; last: string | undefined }> {
  let last: string | undefined;
  const error = await load(
    () => call('listRuns', { ...scope, ...(before && { before }), limit: PAGE }),
    (rows, fresh) => {
      last = rows.length === PAGE ? rows.at(-1)?.id : undefined;
      useEntities.setState((have) => ({ runs: putRows(have.runs, fresh(rows)) }));
    },
  );
  return { error, last };
}

/** Loads every run of a sweep, page after page, newest first, until done or aborted. */
export async function loadSweepRuns(
  sweepId: string,
  signal: AbortSignal,
): Promise<ErrorData | null> {
  let before: string | undefined;
  do {
    const page = await loadRunPage({ sweepId }, before);
    if (page.error) return page.error;
    before = page.last;
  } while (before && !signal.aborted);
  return null;
}

/** Loads the newest run of a project or job. */
export const loadLastRun = (scope: {
  projectId?: string;
  jobId?: string;
}): Promise<ErrorData | null> =>
  load(
    () => call('listRuns', { ...scope, limit: 1 }),
    (rows, fresh) => useEntities.setState((have) => ({ runs: putRows(have.runs, fresh(rows)) })),
  );

/** Loads the runs that are under way in some of the states, however old: the sidebar shows them. */
const loadActiveRuns = (states: RunState[]): Promise<ErrorData | null> =>
  load(
    () =>
      call('queryRuns', {
        scope: {},
        filter: { states },
        sort: [],
        groupBy: null,
        offset: 0,
        limit: ACTIVE,
      }),
    ({ runs }, fresh) =>
      useEntities.setState((have) => ({ runs: putRows(have.runs, fresh(runs)) })),
  );

/** Loads a job with its versions. */
export const loadJob = (jobId: string): Promise<ErrorData | null> =>
  load(
    () => call('getJob', { jobId }),
    ({ job, versions }, fresh) =>
      useEntities.setState((have) => ({
        jobs: putRows(have.jobs, fresh([job])),
        versions: putRows(have.versions, fresh(versions)),
      })),
  );

/** Loads a run with its timeline and build steps. */
export const loadRun = (runId: string): Promise<ErrorData | null> =>
  load(
    () => call('getRun', { runId }),
    ({ run, events, steps }, fresh) =>
      useEntities.setState((have) => ({
        runs: putRows(have.runs, fresh([run])),
        // What was pushed meanwhile is newer than the answer, hence it goes on top.
        events: { ...have.events, ...putEvents(putEvents({}, events), have.events[runId] ?? []) },
        steps: { ...have.steps, ...putSteps(putSteps({}, steps), have.steps[runId] ?? []) },
      })),
  );

/** Loads the sweeps of a job. */
export const loadSweeps = (jobId: string): Promise<ErrorData | null> =>
  load(
    () => call('listSweeps', { jobId }),
    (rows, fresh) =>
      useEntities.setState((have) => ({ sweeps: putRows(have.sweeps, fresh(rows)) })),
  );

/** Loads a sweep; hands on its cells. */
export const loadSweep = (
  sweepId: string,
  onCells: (cells: readonly SweepCell[]) => void = () => undefined,
): Promise<ErrorData | null> =>
  load(
    () => call('getSweep', { sweepId }),
    ({ sweep, cells }, fresh) => {
      useEntities.setState((have) => ({ sweeps: putRows(have.sweeps, fresh([sweep])) }));
      onCells(cells);
    },
  );

async function loadEngine(): Promise<void> {
  const result = await call('engineChoice', {});
  if (result.ok) useEntities.setState((have) => ({ engine: have.engine ?? result.value }));
}

async function loadTroubles(): Promise<void> {
  const { troubles: before } = useEntities.getState();
  const result = await call('listTroubles', {});
  // What was pushed meanwhile is newer than the answer.
  if (!result.ok || useEntities.getState().troubles !== before) return;
  useEntities.setState({ troubles: result.value });
}

/** Asks for everything the first screen needs. */
export async function loadAll(): Promise<void> {
  void loadEngine();
  void loadTroubles();
  const [projects, jobs, runs, going, waiting, queues] = await Promise.all([
    loadProjects(),
    loadJobs(),
    loadRunPage({}, undefined),
    // By themselves: thousands that wait would leave no place for an older one that runs.
    loadActiveRuns(ACTIVE_STATES.filter((state) => state !== 'queued')),
    loadActiveRuns(['queued']),
    loadQueues(),
  ]);
  const error = projects ?? jobs ?? runs.error ?? going ?? waiting ?? queues;
  useEntities.setState({ status: error ? 'failed' : 'ready', error });
}

/** Starts to follow the database: pushes from now on, and the first snapshot. Returns the stop. */
export function startSync(): () => void {
  const stops = [
    getBridge().on('changes', applyChanges),
    getBridge().on('engine', (engine) => useEntities.setState({ engine })),
    getBridge().on('troubles', (troubles) => useEntities.setState({ troubles })),
    getBridge().on('operation', (progress) =>
      useOperations.setState((have) => ({ ...have, [progress.operationId]: progress })),
    ),
  ];
  void loadAll();
  return () => stops.forEach((stop) => stop());
}
