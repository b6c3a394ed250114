import { DEFAULT_RUN_SETTINGS } from '../../shared/domain/launch-spec.ts';
import type { CreateRequest } from '../engines/engine.ts';
import type { AttendParts, Attended } from './attended.ts';
import { readSecrets } from './run-secrets.ts';

type Given = Pick<CreateRequest, 'argv' | 'env' | 'files' | 'secrets' | 'run' | 'live'>;

/**
 * What an engine is told to give a run: as it was stored when it was launched, with the secrets as they
 * are now. A run from before inputs were kept is given its words alone.
 * @throws AppError `E_SECRET_MISSING`, `E_SECRET_STORE`
 */
export async function deliverRun(
  parts: AttendParts,
  attended: Attended,
  signal: AbortSignal,
): Promise<Given> {
  const { run, attempt } = attended;
  const live = await parts.live.make(attempt.id);
  const inputs = parts.repos.specs.of(run.id);
  if (inputs === null) {
    const nothing = { env: {}, files: [], secrets: [], run: DEFAULT_RUN_SETTINGS };
    return { ...nothing, argv: run.entryPoint, live };
  }
  const { delivery, spec } = inputs;
  attended.secrets = await readSecrets(parts.secrets, delivery.secrets, signal);
  return {
    argv: delivery.argv,
    env: delivery.env,
    files: delivery.files.map(({ path, text }) => ({ path, bytes: Buffer.from(text) })),
    secrets: attended.secrets,
    run: spec.settings,
    live,
  };
}
