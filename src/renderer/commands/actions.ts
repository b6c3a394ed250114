import type { Run } from '../../shared/domain/run.ts';
import { call } from '../bridge/client.ts';
import { useEntities } from '../stores/entities.ts';
import { forgetOperation } from '../stores/operations.ts';
import { currentProject } from '../stores/selectors.ts';
import { navigate, notify, notifyOperation, openFolders, openLaunch, useUi } from '../stores/ui.ts';

/** Opens the system's folder dialog and then the new-job page. */
export async function chooseFolder(): Promise<void> {
  const result = await call('chooseFolder', {});
  if (!result.ok) notify('The folder could not be opened.', result.error);
  else if (result.value) openFolders([result.value.folder]);
}

/** Asks for a job file and adds what is in it to the project on the screen. */
export async function importJob(): Promise<void> {
  const { projects } = useEntities.getState();
  const project = currentProject(projects, useUi.getState().projectId)?.name ?? 'default';
  const operationId = crypto.randomUUID();
  const ended = notifyOperation('Importing a job file', operationId);
  const result = await call('importJob', { operationId, project });
  ended();
  forgetOperation(operationId);
  if (!result.ok) {
    if (result.error.code !== 'E_CANCELLED') notify('No job was imported.', result.error);
    return;
  }
  if (!result.value) return;
  const { job, notes } = result.value;
  notify(`Imported ${job.name}.`);
  for (const note of notes) notify(note);
  useUi.setState({ projectId: job.projectId });
  navigate({ page: 'job', jobId: job.id, tab: 'versions' });
}

/** Asks a run to end. Its state follows with the next push. */
export async function stopRun(run: Run): Promise<void> {
  const result = await call('stopRun', { runId: run.id });
  if (!result.ok) notify(`${run.name} could not be stopped.`, result.error);
}

/** Starts a run with the same version, inputs, command and engine. An imported run has none of them. */
export async function launchAgain(run: Run): Promise<void> {
  if (run.engine === null) return openLaunch({ jobId: run.jobId, fromRunId: run.id });
  const { queue, priority, id: runId } = run;
  // Into the queue it was in, while that is there.
  const there = queue !== null && useEntities.getState().queues[queue.id] !== undefined;
  const result = await call('rerunRun', {
    ...{ runId, operationId: crypto.randomUUID() },
    ...(there && { queue: { queueId: queue.id, priority } }),
  });
  if (result.ok) navigate({ page: 'run', runId: result.value.run.id, tab: 'log' });
  else if (result.error.code === 'E_PREFLIGHT') {
    openLaunch({ jobId: run.jobId, fromRunId: run.id, error: result.error });
  } else notify(`${run.name} could not be launched again.`, result.error);
}

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    notify('The clipboard cannot be used right now. Select the text and copy it by hand.');
  }
}

/** Shows what a run left behind in the file manager of the system. */
export async function openOutputs(run: Run): Promise<void> {
  const result = await call('openRunOutputs', { runId: run.id });
  if (!result.ok) notify(`The outputs of ${run.name} could not be opened.`, result.error);
}

/** The run or job on the screen, if any. */
export const runHere = (): Run | null => {
  const at = useUi.getState().history.at;
  return at.page === 'run' ? (useEntities.getState().runs[at.runId] ?? null) : null;
};

/** The job on the screen: its own page, or that of one of its runs. */
export const jobIdHere = (): string | null => {
  const at = useUi.getState().history.at;
  return at.page === 'job' ? at.jobId : (runHere()?.jobId ?? null);
};
