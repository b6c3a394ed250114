import { placeLaunch } from '../../../core/queue/place-launch.ts';
import type { HandlerParts, Handlers } from '../handler-types.ts';

type InputHandlers = Pick<Handlers, 'versionInputs' | 'planLaunch'>;

export function inputHandlers({ core }: HandlerParts): InputHandlers {
  const { jobs, inputs, planner, repos } = core;
  return {
    versionInputs: ({ versionId }) => inputs.schema(jobs.version(versionId)),
    planLaunch: async ({ versionId, entryPoint, ...asked }) => {
      const version = jobs.version(versionId);
      const words =
        entryPoint === undefined
          ? version.entryPoint
          : await jobs.entryPointFor(version, entryPoint);
      const { launch, notes } = placeLaunch(repos.queues, asked);
      const { engine = null, spec, origins } = launch;
      const isQueued = launch.queue !== undefined;
      const request = { version, entryPoint: words, engine, spec, origins, isQueued };
      const plan = await planner.plan(request);
      return { ...plan, notes: [...notes, ...plan.notes] };
    },
  };
}
