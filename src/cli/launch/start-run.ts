import { AppError } from '../../shared/errors.ts';
import type { Core } from '../../core/create-core.ts';
import type { LaunchRequest } from '../../core/launch/launcher.ts';
import type { Launched } from '../../core/runs/run-service.ts';
import { confirm } from '../confirm.ts';
import { say } from '../output.ts';

/** Asks whether to rewrite where somebody can answer; where nobody can, a rewrite is told and made. */
export async function startRun(
  core: Core,
  request: LaunchRequest,
  signal: AbortSignal,
): Promise<Launched> {
  try {
    const launched = await core.runs.launch(request, { signal });
    for (const note of launched.notes) say(`  ${note}`);
    return launched;
  } catch (error) {
    const open =
      error instanceof AppError && error.code === 'E_PREFLIGHT' && request.rewrite === 'ask';
    if (!open) throw error;
    await askToRewrite(error, signal);
    // What there is to note has been told.
    return core.runs.launch({ ...request, rewrite: 'auto' }, { signal });
  }
}

/** @throws AppError `E_PREFLIGHT` when the answer is no */
async function askToRewrite(error: AppError, signal: AbortSignal): Promise<void> {
  say(error.message);
  if (error.detail) say(error.detail.replaceAll(/^/gm, '  '));
  if (await confirm('Build a rewritten copy? The file itself stays as it is.', signal)) return;
  // What stands in the way has been told.
  throw new AppError('E_PREFLIGHT', 'Nothing was built or launched.');
}
