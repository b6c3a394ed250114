import { AppError } from '../../../shared/errors.ts';
import { isOutOfFiles, systemLimit } from '../../system-limit.ts';
import { refusedVersion } from './api-version.ts';

/** The engine answered with a status that is no success. */
export class EngineHttpError extends Error {
  override readonly name = 'EngineHttpError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What answered speaks HTTP, but is no Docker engine: a proxy, another server. Holds a piece of its words. */
export class ForeignAnswerError extends Error {
  override readonly name = 'ForeignAnswerError';
}

/** A call was not answered in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
    this.milliseconds = milliseconds;
  }
}

export interface ErrorContext {
  /** What was being done: "Starting the container". */
  what: string;
  /** Where the engine is. */
  address: string;
}

const UNREACHABLE = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOTSOCK',
]);
const FORBIDDEN = new Set(['EACCES', 'EPERM']);
const CUT = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNABORTED']);

function connectionError(
  code: string,
  { what, address }: ErrorContext,
  cause: unknown,
): AppError | null {
  if (isOutOfFiles({ code })) return systemLimit(cause);
  if (UNREACHABLE.has(code)) {
    return new AppError('E_ENGINE_NONE', `No Docker engine answers at ${address}.`, {
      next: 'Start Docker and try again.',
      detail: code,
      cause,
    });
  }
  if (FORBIDDEN.has(code)) {
    return new AppError('E_ENGINE_PERMISSION', `You may not use the Docker engine at ${address}.`, {
      next: 'Add yourself to the "docker" group (sudo usermod -aG docker "$USER"), then log in again.',
      cause,
    });
  }
  if (CUT.has(code) || code.startsWith('HPE_')) {
    return new AppError('E_ENGINE_LOST', `${what}: the connection to the Docker engine broke.`, {
      next: 'Check that Docker is running.',
      detail: code,
      cause,
    });
  }
  return null;
}

const clip = (text: string): string => text.trim().slice(0, 500);

/** An error the engine or a builder put in words, where the words name a known cause. */
export function knownCause(text: string, cause?: unknown): AppError | null {
  if (/no space left on device|disk quota exceeded/i.test(text)) {
    return new AppError('E_DISK_FULL', 'The disk of the Docker engine is full.', {
      next: 'Free space, for example with "docker system prune", and try again.',
      detail: text,
      cause,
    });
  }
  const refused = refusedSetting(text, cause);
  if (refused) return refused;
  if (
    /could not find bridge|bridge .* not found|no such network|network \S+ not found|network mode .* not supported|could not find (?:an available )?(?:plugin|network)|failed to (?:add the host|create endpoint)/i.test(
      text,
    )
  ) {
    return new AppError('E_ENGINE_NETWORK', 'The Docker network of the container is missing.', {
      next: 'Set the Docker network in the settings to one that exists ("docker network ls"), or restart Docker to get its default network back.',
      detail: text,
      cause,
    });
  }
  return null;
}

/** What a container asks for and this engine does not have. */
function refusedSetting(text: string, cause: unknown): AppError | null {
  if (/could not select device driver|nvidia-container-cli|libnvidia-ml/i.test(text)) {
    return new AppError('E_RESOURCES', NO_GPUS.message, {
      next: NO_GPUS.next,
      detail: text,
      cause,
    });
  }
  const source = /bind source path does not exist: (.+)/i.exec(text)?.[1];
  if (source) {
    return new AppError(
      'E_MOUNT',
      `The machine of the Docker engine has no "${source.trim()}" to mount.`,
      {
        next: 'Choose a folder that is there.',
        detail: text,
        cause,
      },
    );
  }
  const user = /unable to find user (.+?): /i.exec(text)?.[1];
  if (user) {
    return new AppError('E_START', `The image has no user "${user}".`, {
      next: 'Name a user of the image, or give a number.',
      detail: text,
      cause,
    });
  }
  return null;
}

/** Said before a launch where that can be known, else when the container starts. */
export const NO_GPUS = {
  message: 'It asks for GPUs, and this Docker engine does not give them.',
  next: 'Install the NVIDIA driver and Container Toolkit on its machine, or launch without GPUs.',
};

/**
 * Turns whatever a call to the engine threw into an error a person can act on. `AppError`s and
 * {@link EngineHttpError}s whose status the caller reads itself are to be caught before.
 */
export function engineError(thrown: unknown, context: ErrorContext): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof ForeignAnswerError) return foreignAnswer(context.what, message);
  if (thrown instanceof DeadlineError) {
    return new AppError(
      'E_ENGINE_TIMEOUT',
      `${context.what}: the Docker engine did not answer within ${Math.round(thrown.milliseconds / 1000)} s.`,
      { next: 'Check whether Docker hangs; restart it if it does.', cause: thrown },
    );
  }
  const code = (thrown as { code?: unknown } | null)?.code;
  const byCode = typeof code === 'string' ? connectionError(code, context, thrown) : null;
  const known = byCode ?? refusedVersion(message, thrown) ?? knownCause(message, thrown);
  if (known) return known;
  if (/socket hang up|^aborted$/.test(message)) return cutOff(context.what, thrown);
  return new AppError('E_ENGINE', `${context.what} failed: ${clip(message)}`, {
    next: 'The Docker engine refused it; its own words are above.',
    cause: thrown,
  });
}

/** An answer that no Docker engine gives: it is unknown what came of what was asked. */
export const foreignAnswer = (what: string, piece: string): AppError =>
  new AppError('E_ENGINE_ANSWER', `${what}: the answer is not Docker's.`, {
    next: 'Check what listens at the Docker address.',
    detail: piece.slice(0, 200),
  });

/** The engine closed the connection where it should not have. */
export const cutOff = (what: string, cause?: unknown): AppError =>
  new AppError('E_ENGINE_LOST', `${what}: the Docker engine went away.`, {
    next: 'Check that Docker is running.',
    cause,
  });
