import type { Run } from '../../../shared/domain/run.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { call } from '../../bridge/client.ts';
import { useEntities } from '../../stores/entities.ts';
import { notify, type LaunchRequest } from '../../stores/ui.ts';
import { FRESH, type LaunchDraft } from './launch-draft.ts';
import { FIRST_ROWS } from './first-rows.ts';
import { isEmptySpec } from './launch-spec-of.ts';
import { lastStart, START_NOW, type StartDraft } from './when/start-draft.ts';
import { createLaunchStore, putFitted, setDraft, type LaunchStore } from './launch-store.ts';

/** Forms that were closed, by their job: what was typed stays while the app runs. */
const kept = new Map<string, LaunchStore>();

export const keepDraft = (jobId: string, store: LaunchStore): void => void kept.set(jobId, store);
export const dropDraft = (jobId: string): void => void kept.delete(jobId);

/** The newest code: the folder as it is now, where there is one. */
const newestCode = (jobId: string): string =>
  useEntities.getState().jobs[jobId]?.folder ? FRESH : '';

export const plainDraft = (jobId: string, versionId?: string): LaunchDraft => ({
  code: versionId ?? newestCode(jobId),
  entryPoint: null,
  engine: null,
  name: '',
  start: lastStart(),
});

/** The entry point a run was asked to start, where it was not that of its version. */
async function askedEntryPoint({ id, versionId }: Run): Promise<string | null> {
  const answer = await call('runSpec', { runId: id });
  if (!answer.ok || !answer.value) return null;
  const own = useEntities.getState().versions[versionId]?.entryPoint ?? [];
  const asked = formatCommand(answer.value.entryPoint);
  return asked === '' || asked === formatCommand(own) ? null : asked;
}

/** In the queue that the run was in, as urgent. */
const startOf = ({ queue, priority }: Run): StartDraft =>
  queue ? { ...START_NOW, queued: true, queueId: queue.id, priority } : START_NOW;

/** Fills a form with what a run was given, on the version of that run. */
async function fillFromRun(store: LaunchStore, runId: string): Promise<void> {
  const { runs, engine } = useEntities.getState();
  const run = runs[runId];
  if (!run) return;
  setDraft(store, {
    code: run.versionId,
    engine: run.engine === engine?.kind ? null : run.engine,
  });
  setDraft(store, { start: startOf(run) });
  setDraft(store, { entryPoint: await askedEntryPoint(run) });
  await takeFromRun(store, { runId, name: run.name, versionId: run.versionId });
}

/** Puts what an earlier run was given in place of what is in the form. */
export async function takeFromRun(
  store: LaunchStore,
  { runId, name, versionId }: { runId: string; name: string; versionId: string },
): Promise<void> {
  const answer = await call('specFromRun', { runId, versionId });
  if (!answer.ok) return notify(`What ${name} was given could not be read.`, answer.error);
  putFitted(store, answer.value, `run ${name}`);
  store.setState({ fittedTo: versionId });
}

/** The form for a request: with what a run was given, else as it was left, else empty. */
export function openForm({ jobId, versionId, fromRunId }: LaunchRequest): LaunchStore {
  const have = fromRunId ? undefined : kept.get(jobId);
  const store = have ?? createLaunchStore(plainDraft(jobId, versionId));
  if (have) {
    const { spec } = have.getState();
    store.setState({
      restored: !isEmptySpec(spec),
      drawn: FIRST_ROWS,
      filter: '',
      asked: false,
      left: {},
    });
    if (versionId) setDraft(store, { code: versionId });
  }
  if (fromRunId) void fillFromRun(store, fromRunId);
  keepDraft(jobId, store);
  return store;
}
