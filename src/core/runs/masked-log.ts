import type { SecretUse } from '../../shared/domain/launch-spec.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { LogSink } from '../engines/engine.ts';
import type { LogWriter } from '../logs/log-store.ts';
import { delay } from '../scope.ts';
import type { AttendParts, Attended } from './attended.ts';
import { isPassing } from './failure.ts';
import { whenThereIsSpace } from './patience.ts';
import { readSecrets, stampsOf } from './run-secrets.ts';

/** Time between looks at a store that is locked. */
const LOCKED_MS = 2000;

/** Where a run's output goes; `problem` is why nothing of it may be stored any more. */
export interface MaskedLog {
  sink: LogSink;
  problem: string | null;
}

/**
 * The log of a run as an engine may write to it: with what has to be masked. That is read from the store
 * again for a run which another process started, and waited for while the store is locked: no output is
 * stored unmasked. Where a secret is gone from the store, or another one now, nothing more is stored.
 */
export async function maskedLog(
  parts: AttendParts,
  attended: Attended,
  log: LogWriter,
): Promise<MaskedLog> {
  const uses = parts.repos.specs.of(attended.run.id)?.delivery.secrets ?? [];
  if (uses.length === 0) return { sink: log, problem: null };
  let isTold = false;
  for (;;) {
    try {
      if (attended.secrets === null && isExchanged(parts, attended, uses)) {
        return { sink: deaf(log), problem: unmaskable('A secret of it was exchanged since.') };
      }
      attended.secrets ??= await readSecrets(parts.secrets, uses, attended.leave);
      return { sink: withMasks(log, attended.secrets.map(bytesOf)), problem: null };
    } catch (error) {
      const { code, message } = toErrorData(error);
      if (code === 'E_SECRET_MISSING') return { sink: deaf(log), problem: unmaskable(message) };
      if (code !== 'E_SECRET_STORE' && !isPassing(error)) throw error;
      const text = `The log waits for the secrets that are masked in it: ${message}`;
      if (!isTold) await whenThereIsSpace(attended.leave, () => note(parts, attended, text));
      isTold = true;
      await delay(LOCKED_MS, attended.leave);
    }
  }
}

/** The value that the program has is then nowhere any more. */
const isExchanged = (
  { secrets }: AttendParts,
  { attempt }: Attended,
  uses: readonly SecretUse[],
): boolean => attempt.secretStamps !== null && attempt.secretStamps !== stampsOf(secrets, uses);

/** What has to be masked of a run; null while this process has not read it. */
export function knownMasks({ repos }: AttendParts, attended: Attended): readonly Buffer[] | null {
  const uses = repos.specs.of(attended.run.id)?.delivery.secrets ?? [];
  return uses.length === 0 ? [] : (attended.secrets?.map(bytesOf) ?? null);
}

const bytesOf = ({ value }: { value: string }): Buffer => Buffer.from(value);

const note = ({ repos, clock }: AttendParts, { run }: Attended, text: string): void =>
  repos.runs.note(run.id, text, clock.now());

const unmaskable = (message: string): string =>
  `what it printed could not be masked any more: ${message}`;

const withMasks = (log: LogWriter, masks: readonly Buffer[]): LogSink => ({
  masks,
  position: () => log.position(),
  append: (stream, bytes, at) => log.append(stream, bytes, at),
  lastBytes: (stream, count) => log.lastBytes(stream, count),
  readStream: (stream, from, to) => log.readStream(stream, from, to),
});

/** Reads on, so that the program is not held up, and stores nothing. */
const deaf = (log: LogWriter): LogSink => ({
  ...withMasks(log, []),
  append: () => undefined,
});
