import type { JobVersion } from '../../shared/domain/job.ts';
import type { LaunchPlan, LaunchProblem } from '../../shared/domain/launch-spec.ts';
import type { QueuePlacement } from '../../shared/domain/queue.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import { placeLaunch } from '../../core/queue/place-launch.ts';
import type { Core } from '../../core/create-core.ts';
import { STATUS } from '../exit-status.ts';
import { printJson, say } from '../output.ts';
import type { Globals } from '../with-core.ts';
import type { Assembled } from './assemble.ts';
import { filePatch } from './file-patch.ts';
import { printPlan } from './report-plan.ts';

export interface Planned {
  version: JobVersion;
  entryPoint: string | undefined;
  engine: EngineKind | undefined;
  queue: QueuePlacement | undefined;
  assembled: Assembled;
}

/** What could not be read stands first; that it is missing then is no news. */
function withProblems(plan: LaunchPlan, unread: readonly LaunchProblem[]): LaunchPlan {
  const others = plan.problems.filter(({ path }) => !unread.some((each) => each.path === path));
  return { ...plan, problems: [...unread, ...others] };
}

/** Prints what the launch would do, and starts nothing. The status tells whether it could start. */
export async function dryRun(core: Core, globals: Globals, planned: Planned): Promise<void> {
  const { version, entryPoint, assembled } = planned;
  const words =
    entryPoint === undefined
      ? version.entryPoint
      : await core.jobs.entryPointFor(version, entryPoint);
  const asked = { ...planned, spec: assembled.spec };
  const { launch, notes } = placeLaunch(core.repos.queues, asked);
  const { spec, engine = null, origins } = launch;
  const isQueued = planned.queue !== undefined;
  const request = { version, entryPoint: words, spec, engine, origins, isQueued };
  const plan = withProblems(await core.planner.plan(request), assembled.problems);
  if (globals.json) printJson(plan);
  else {
    for (const note of [...assembled.notes, ...notes]) say(`  ${note}`);
    await printPlan(plan, assembled.origins, (file) => filePatch(core.snapshots, version, file));
  }
  if (plan.problems.length > 0) process.exitCode = STATUS.usage;
  else say('nothing was started');
}
