/**
 * Every failure a person can meet, by code. The kind decides the command line's exit status
 * (see `cli/exit-status.ts`): `usage` 2, `engine` 3, `failure` 1, `interrupted` 130.
 */
export const ERROR_KINDS = {
  E_ARGS: 'usage',
  E_NAME: 'usage',
  E_NOT_FOUND: 'usage',
  E_ENTRYPOINT: 'usage',
  E_ENTRYPOINT_PARSE: 'usage',
  E_ENTRYPOINT_MISSING: 'usage',
  E_NO_ENTRYPOINT: 'usage',
  E_SETTING: 'usage',
  E_STATE: 'usage',
  E_RUN_ACTIVE: 'usage',
  E_SOURCE_NOT_FOUND: 'usage',
  E_SOURCE_REFUSED: 'usage',
  E_SOURCE_EMPTY: 'usage',
  E_SOURCE_LIMIT: 'failure',
  E_SOURCE_CHANGED: 'failure',
  E_SOURCE_UNREADABLE: 'failure',
  E_SOURCE_IO: 'failure',
  E_PATH_TOO_LONG: 'failure',
  E_TARGET_NOT_EMPTY: 'usage',
  E_TARGET_EXISTS: 'usage',
  E_ARCHIVE: 'failure',
  E_ARCHIVE_ENTRY: 'failure',
  E_GIT_MISSING: 'engine',
  E_GIT_URL: 'usage',
  E_GIT_URL_CHARS: 'usage',
  E_GIT_SCHEME: 'usage',
  E_GIT_HOST: 'usage',
  E_GIT_PORT: 'usage',
  E_GIT_REF: 'usage',
  E_GIT_REF_NOT_FOUND: 'usage',
  E_GIT_REF_AMBIGUOUS: 'usage',
  E_GIT_NOT_FOUND: 'failure',
  E_GIT_EMPTY: 'failure',
  E_GIT_AUTH: 'failure',
  E_GIT_REDIRECT: 'failure',
  E_GIT_NETWORK: 'failure',
  E_GIT_TIMEOUT: 'failure',
  E_GIT_TOO_BIG: 'failure',
  E_GIT_TREE: 'failure',
  E_GIT_DAMAGED: 'failure',
  E_GIT_PATCH: 'failure',
  E_GIT: 'failure',
  E_SSH_HOSTKEY: 'failure',
  E_SSH_KEY_MISSING: 'failure',
  E_SSH_KEY_OPEN: 'failure',
  E_SSH_KEY_ENCRYPTED: 'failure',
  E_SSH_KEY_INVALID: 'failure',
  E_REQUIREMENTS: 'failure',
  E_PYPROJECT: 'failure',
  E_LOCK: 'failure',
  E_CONDA: 'failure',
  E_PATH_OUTSIDE: 'usage',
  E_CONTEXT_NOT_FOUND: 'usage',
  E_CONTEXT_EMPTY: 'usage',
  E_DOCKERFILE_NOT_FOUND: 'usage',
  E_DOCKERFILE: 'usage',
  E_DOCKERIGNORE: 'failure',
  E_ENGINE_NONE: 'engine',
  E_ENGINE_PERMISSION: 'engine',
  E_ENGINE_VERSION: 'engine',
  E_ENGINE_TIMEOUT: 'engine',
  E_ENGINE_LOST: 'engine',
  E_ENGINE_NETWORK: 'engine',
  /** What answers at its address is no engine, or its answer cannot be read. */
  E_ENGINE_ANSWER: 'engine',
  E_ENGINE: 'failure',
  E_BASE_IMAGE: 'engine',
  E_IMAGE_REF: 'usage',
  E_IMAGE_DIGEST: 'usage',
  E_IMAGE_NOT_FOUND: 'engine',
  E_IMAGE_PLATFORM: 'engine',
  E_IMAGE_PULL: 'engine',
  E_REGISTRY_AUTH: 'engine',
  E_REGISTRY_LIMIT: 'engine',
  E_REGISTRY_UNREACHABLE: 'engine',
  E_SECRET_FORMAT: 'usage',
  E_SECRET_STORE: 'failure',
  E_PARAM_TYPE: 'usage',
  E_PARAM_VALUE: 'usage',
  E_PARAM_REQUIRED: 'usage',
  E_PARAM_UNKNOWN: 'usage',
  E_JSON: 'usage',
  E_JSON_LIMIT: 'usage',
  E_JSON_ROOT: 'usage',
  E_ENV_KEY: 'usage',
  E_ENV_VALUE: 'usage',
  E_ARGS_TOO_LONG: 'usage',
  E_SECRET_MISSING: 'usage',
  E_SECRET_SHELL: 'usage',
  E_RESOURCES: 'usage',
  E_MOUNT: 'usage',
  E_SCHEMA: 'usage',
  E_PRESET: 'usage',
  E_OVERRIDE_FILE: 'usage',
  E_SWEEP: 'usage',
  E_PYTHON: 'engine',
  E_PREFLIGHT: 'failure',
  E_UNBUILDABLE: 'failure',
  E_BUILD: 'failure',
  E_START: 'failure',
  E_DISK_FULL: 'failure',
  E_SYSTEM_LIMIT: 'failure',
  E_DB_BUSY: 'failure',
  E_DB_NEWER: 'usage',
  E_DB_DAMAGED: 'failure',
  E_DATA_DIR: 'usage',
  E_LOG_DAMAGED: 'failure',
  E_PATTERN: 'usage',
  E_SAVE: 'usage',
  E_CANCELLED: 'interrupted',
  E_IPC_INVALID: 'usage',
  E_IPC_SENDER: 'usage',
  E_PATH_NOT_GRANTED: 'usage',
  E_INTERNAL: 'failure',
} as const satisfies Record<string, 'usage' | 'engine' | 'failure' | 'interrupted'>;

export type ErrorCode = keyof typeof ERROR_KINDS;

/** An error as it is shown, stored and sent: plain data. */
export interface ErrorData {
  code: ErrorCode;
  /** One sentence: what happened, to what. */
  message: string;
  /** One sentence: what to do next. */
  next?: string | undefined;
  /** The underlying text (a tool's own words, the end of its output), clipped to 2 KB. */
  detail?: string | undefined;
}

const DETAIL_LIMIT = 2048;

/** An expected failure with a code and a next step. Anything else that is thrown is a bug. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly next: string | undefined;
  readonly detail: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { next?: string; detail?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.next = more.next;
    this.detail = more.detail?.slice(-DETAIL_LIMIT);
  }
}

/** The cancellation that every long operation ends with when its signal fires. */
export const cancelled = (what: string): AppError =>
  new AppError('E_CANCELLED', `${what} was cancelled.`);

/** Turns whatever was thrown into data for a border; unknown errors become `E_INTERNAL`. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof AppError) {
    const { code, message, next, detail } = thrown;
    return { code, message, ...(next && { next }), ...(detail && { detail }) };
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return { code: 'E_CANCELLED', message: 'The operation was cancelled.' };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'E_INTERNAL',
    message: `Something unexpected went wrong: ${message}`,
    next: 'Please report this with the detail below.',
    detail: (thrown instanceof Error && thrown.stack ? thrown.stack : message).slice(-DETAIL_LIMIT),
  };
}

/** The reverse of {@link toErrorData}, for errors that arrive from another thread or process. */
export function fromErrorData(data: ErrorData): AppError {
  return new AppError(data.code, data.message, {
    ...(data.next !== undefined && { next: data.next }),
    ...(data.detail !== undefined && { detail: data.detail }),
  });
}
