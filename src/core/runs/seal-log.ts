import { AppError } from '../../shared/errors.ts';
import type { LogInfo } from '../../shared/domain/run.ts';
import type { EngineFact, SealResult } from '../engines/engine.ts';
import type { LogWriter } from '../logs/log-store.ts';
import { delay } from '../scope.ts';
import type { AttendParts, Attended } from './attended.ts';
import { isCancelled } from './failure.ts';
import { maskedLog, type MaskedLog } from './masked-log.ts';
import { patiently } from './patience.ts';

/** How often an engine is asked that answers with an error, and the wait between. */
const TRIES = 3;
const AGAIN_MS = 1000;

const REMOVED = 'it was removed before the log was read to its end';

/**
 * What was in the pipes of a job that ends before the engine that takes over reads them is lost: seen with 20.10
 * and `live-restore`, up to 64 KiB of each stream.
 */
const ENGINE_AWAY = 'its engine was away as it ended, and may have lost what it printed last';
/** For how long after it is back an engine may still be taking over. */
const TAKES_OVER_MS = 5000;

const SEALED: LogInfo = { state: 'sealed', reason: null };

const partial = (reason: string): LogInfo => ({ state: 'partial', reason });

/** Makes sure that all that the engine has is stored; says why when it cannot be. `fact`: null when it is gone. */
export async function sealLog(
  parts: AttendParts,
  attended: Attended,
  fact: EngineFact | null,
  log: LogWriter,
): Promise<LogInfo> {
  if (!fact) return partial(REMOVED);
  const masked = await maskedLog(parts, attended, log);
  if (masked.problem !== null) return partial(masked.problem);
  for (let tries = 1; ; tries += 1) {
    try {
      const sealed = await seal(parts, attended, fact.ref, masked, log);
      if (!sealed.whole) return partial(sealed.reason);
      return sealed.startUnseen && wasAway(parts, attended, fact) ? partial(ENGINE_AWAY) : SEALED;
    } catch (error) {
      if (!(error instanceof AppError) || isCancelled(error)) throw error;
      if (await isGone(attended, fact.ref)) return partial(REMOVED);
      if (tries >= TRIES) return partial(error.message);
      await delay(AGAIN_MS, attended.leave);
    }
  }
}

/** Not one that started anew after the end, which lost nothing. */
const wasAway = (
  { repos }: AttendParts,
  { run, backAt }: Attended,
  { endedAt }: EngineFact,
): boolean =>
  repos.runs.attempt(run.id).engineGap === 1 ||
  (backAt !== null && endedAt !== null && endedAt < backAt + TAKES_OVER_MS);

const seal = (
  parts: AttendParts,
  attended: Attended,
  ref: string,
  { sink }: MaskedLog,
  log: LogWriter,
): Promise<SealResult> =>
  patiently(parts, attended, async () => {
    const result = await attended.engine.seal(ref, sink, attended.leave);
    await log.flush();
    return result;
  });

/** False also when the engine does not say. */
async function isGone({ engine, leave }: Attended, ref: string): Promise<boolean> {
  try {
    return (await engine.inspect(ref, leave)) === null;
  } catch (error) {
    if (isCancelled(error)) throw error;
    return false;
  }
}
