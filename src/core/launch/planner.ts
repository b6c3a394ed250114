import type { LaunchPlan, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { InputService } from '../inputs/input-service.ts';

export interface PlanRequest {
  version: JobVersion;
  /** The words that start the code: the version's own, or those of this launch. */
  entryPoint: string[];
  engine: EngineKind | null;
  spec: LaunchSpec;
}

export interface PlannerParts {
  inputs: InputService;
}

/** Finds out what a launch would do, and what keeps it from starting, without starting anything. */
export class Planner {
  readonly #parts: PlannerParts;

  constructor(parts: PlannerParts) {
    this.#parts = parts;
  }

  /** Problems are part of the plan: only a version that cannot be read makes it throw. */
  async plan(request: PlanRequest): Promise<LaunchPlan> {
    const { version, entryPoint, engine, spec } = request;
    const { notes } = await this.#parts.inputs.schema(version);
    const argv = [...entryPoint, ...spec.args];
    const { source } = version;
    return {
      delivery: { argv, env: spec.env, secrets: spec.secrets, files: [], config: spec.config },
      engine,
      environment: source.kind === 'image' ? source.reference : '',
      settings: [],
      notes,
      problems: [],
    };
  }
}
