import { ERROR_KINDS, toErrorData, type ErrorCode } from '../../shared/errors.ts';
import type { EndReason, TerminalState } from '../../shared/domain/run.ts';
import { hasNoFilesLeft, isOutOfFiles as isFileLimit } from '../system-limit.ts';
import type { Outcome } from './classify.ts';

/** Codes that mean: the engine did not do it, and may when it is there again. */
const NOT_THERE: ReadonlySet<ErrorCode> = new Set([
  'E_ENGINE_NONE',
  'E_ENGINE_TIMEOUT',
  'E_ENGINE_PERMISSION',
  'E_ENGINE_VERSION',
  'E_ENGINE_ANSWER',
]);

/** Whether what answers is no engine, or an answer of one cannot be read; which of them, its status tells. */
export const isNoAnswer = (error: unknown): boolean =>
  toErrorData(error).code === 'E_ENGINE_ANSWER';

/** Whether the engine cannot be used now. It was not in the middle of something that broke off. */
export const isNotThere = (error: unknown): boolean => NOT_THERE.has(toErrorData(error).code);

/** Whether the engine cannot be used now, or went away in the middle of something. */
export const isAway = (error: unknown): boolean =>
  isNotThere(error) || toErrorData(error).code === 'E_ENGINE_LOST';

/** Codes with which a run that never started is one whose engine was lost, and did not fail by itself. */
const LOST: ReadonlySet<ErrorCode> = new Set([
  'E_ENGINE_LOST',
  'E_ENGINE_NONE',
  'E_ENGINE_TIMEOUT',
]);

/** Whether the engine cannot be used now, for whatever reason. */
export const isUnusable = (error: unknown): boolean =>
  ERROR_KINDS[toErrorData(error).code] === 'engine';

/** Codes that mean: nothing can be written now, and that passes. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['E_DISK_FULL', 'E_DB_BUSY', 'E_SYSTEM_LIMIT']);

export const isFullDisk = (error: unknown): boolean => toErrorData(error).code === 'E_DISK_FULL';

export const isPassing = (error: unknown): boolean => PASSING.has(toErrorData(error).code);

/** Whether this process can open no more files, whoever failed of that. */
export const isOutOfFiles = (error: unknown): boolean =>
  toErrorData(error).code === 'E_SYSTEM_LIMIT' || isFileLimit(error) || hasNoFilesLeft();

export const isCancelled = (error: unknown): boolean => toErrorData(error).code === 'E_CANCELLED';

const BUILD_CODES: ReadonlySet<ErrorCode> = new Set([
  'E_BUILD',
  'E_PYTHON',
  'E_REQUIREMENTS',
  'E_PYPROJECT',
  'E_PREFLIGHT',
  'E_UNBUILDABLE',
  'E_DOCKERFILE',
  'E_DOCKERFILE_NOT_FOUND',
  'E_DOCKERIGNORE',
]);

const NO_IMAGE = /^E_(?:BASE_IMAGE$|IMAGE_|REGISTRY_)/;

/** The end of a run that never started, from what was thrown on the way there. */
export function failureBeforeStart(error: unknown): Outcome {
  const { code, message, next, detail } = toErrorData(error);
  const end = (state: TerminalState, reason: EndReason['code']): Outcome => ({
    state,
    exitCode: null,
    reason: { code: reason, text: message, next: next ?? null, detail: detail ?? null },
  });
  if (LOST.has(code)) return end('crashed', 'engine-lost');
  if (NO_IMAGE.test(code)) return end('failed', 'no-image');
  if (BUILD_CODES.has(code)) return end('failed', 'build-failed');
  if (code.startsWith('E_SOURCE')) return end('failed', 'source-failed');
  return end('failed', 'start-failed');
}

/** The end of a run that a person stopped before it started. */
export const stoppedBeforeStart = (): Outcome => ({
  state: 'stopped',
  exitCode: null,
  reason: { code: 'stopped', text: 'stopped before it started', next: null, detail: null },
});

/** The end of a run whose Slipway went away before it started. */
export const interruptedBeforeStart = (): Outcome => ({
  state: 'crashed',
  exitCode: null,
  reason: {
    code: 'interrupted',
    text: 'Slipway ended before this run started',
    next: 'Launch it again; nothing of it ran.',
    detail: null,
  },
});
