import { openFolder } from '../native-dialogs.ts';
import type { HandlerParts, Handlers } from '../handler-types.ts';

type RunHandlers = Pick<
  Handlers,
  | 'launch'
  | 'listRuns'
  | 'getRun'
  | 'runSpec'
  | 'rerunRun'
  | 'stopRun'
  | 'runMetricsSince'
  | 'runOutputs'
  | 'openRunOutputs'
>;

export const runHandlers = ({
  core,
  core: { runs, repos },
  operations,
}: HandlerParts): RunHandlers => ({
  launch: ({ operationId, ...request }) =>
    operations.run(operationId, (control) => runs.launch(request, control)),
  listRuns: async (filter) => repos.runs.list(filter),
  getRun: async ({ runId }) => ({
    run: runs.get(runId),
    events: repos.runs.events(runId),
    steps: repos.steps.of(runId),
  }),
  runSpec: async ({ runId }) => repos.specs.of(runs.get(runId).id),
  rerunRun: ({ runId, operationId, queue }) =>
    operations.run(operationId, (control) => runs.rerun(runId, control, { queue })),
  stopRun: async ({ runId }) => runs.stop(runId),
  runMetricsSince: async ({ runId, points, have }) =>
    core.readNews({ runId: runs.get(runId).id, limit: points, have }),
  runOutputs: async ({ runId }) => core.outputs.of(runs.get(runId).id),
  openRunOutputs: async ({ runId }) => openFolder(core.outputs.folderOf(runs.get(runId).id)),
});
