import type { CommandOutput } from '../../shared/contract/commands.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import { ok, type Result } from '../../shared/result.ts';
import { call } from '../bridge/client.ts';
import { useEntities } from '../stores/entities.ts';
import { useExample } from '../stores/example.ts';
import { forgetOperation } from '../stores/operations.ts';
import { navigate, openLaunch, useUi } from '../stores/ui.ts';

const EXAMPLE = { name: 'hello', project: 'default', entryPoint: 'python main.py' };

type Made = CommandOutput<'createJob'>;

async function makeJob(operationId: string): Promise<Result<Made>> {
  const folder = await call('exampleFolder', {});
  if (!folder.ok) return folder;
  const source = { kind: 'folder' as const, includeSecrets: [], ...folder.value };
  return call('createJob', { operationId, source, ...EXAMPLE });
}

/** The example needs no packages: as a process it is there at once, where an image may have to be fetched. */
function quickest(): { engine?: EngineKind } {
  const engines = useEntities.getState().engine?.engines ?? [];
  const quick = engines.some(({ kind, available }) => kind === 'process' && available);
  return quick ? { engine: 'process' } : {};
}

async function launch({ job, version }: Made, operationId: string): Promise<Result<null>> {
  const what = { jobId: job.id, versionId: version.id };
  const launched = await call('launch', { ...what, ...quickest(), operationId });
  if (launched.ok) navigate({ page: 'run', runId: launched.value.run.id, tab: 'log' });
  if (launched.ok || launched.error.code === 'E_CANCELLED') return ok(null);
  // The job is there; its launch goes on in the form that can be changed.
  navigate({ page: 'job', jobId: job.id, tab: 'runs' });
  openLaunch({ ...what, error: launched.error });
  return ok(null);
}

/** Makes a job of the bundled example, launches it and shows its log. */
export async function runExample(): Promise<void> {
  if (useExample.getState().operationId !== null) return;
  const operationId = crypto.randomUUID();
  useExample.setState({ operationId, error: null });
  const made = await makeJob(operationId);
  if (made.ok) useUi.setState({ projectId: made.value.job.projectId });
  const result = made.ok ? await launch(made.value, operationId) : made;
  forgetOperation(operationId);
  const error = result.ok || result.error.code === 'E_CANCELLED' ? null : result.error;
  useExample.setState({ operationId: null, error });
  if (error) navigate({ page: 'start' });
}
