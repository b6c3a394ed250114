import type { HandlerParts, Handlers } from '../handler-types.ts';

type InputHandlers = Pick<Handlers, 'versionInputs' | 'planLaunch'>;

export function inputHandlers({ core }: HandlerParts): InputHandlers {
  const { jobs, inputs, planner } = core;
  return {
    versionInputs: ({ versionId }) => inputs.schema(jobs.version(versionId)),
    planLaunch: async ({ versionId, entryPoint, engine, spec }) => {
      const version = jobs.version(versionId);
      const words =
        entryPoint === undefined
          ? version.entryPoint
          : await jobs.entryPointFor(version, entryPoint);
      return planner.plan({ version, entryPoint: words, engine: engine ?? null, spec });
    },
  };
}
