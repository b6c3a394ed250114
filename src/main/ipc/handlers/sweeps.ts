import type { HandlerParts, Handlers } from '../handler-types.ts';

type SweepHandlers = Pick<
  Handlers,
  'planSweep' | 'startSweep' | 'listSweeps' | 'getSweep' | 'stopSweep' | 'rerunSweepFailed'
>;

export const sweepHandlers = ({
  core: { sweeps, repos },
  operations,
}: HandlerParts): SweepHandlers => ({
  planSweep: (request) => sweeps.plan(request),
  startSweep: async ({ operationId, ...request }) => {
    const started = await operations.run(operationId, (control) => sweeps.start(request, control));
    return started.sweep;
  },
  listSweeps: async (filter) => repos.sweeps.list(filter),
  getSweep: async ({ sweepId }) => ({
    sweep: sweeps.get(sweepId),
    cells: sweeps.cells(sweepId),
  }),
  stopSweep: async ({ sweepId }) => sweeps.stop(sweepId),
  rerunSweepFailed: async ({ sweepId }) => sweeps.rerunFailed(sweepId),
});
