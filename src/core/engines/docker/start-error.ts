import { AppError } from '../../../shared/errors.ts';

const NEXT = 'Check the entry point, or the base image in the settings.';

function startError(program: string, why: string, detail: string, cause?: unknown): AppError {
  if (/no such file|not found/i.test(why)) {
    return new AppError('E_START', `"${program}" was not found in the image.`, {
      next: NEXT,
      detail,
      cause,
    });
  }
  if (/permission denied/i.test(why)) {
    return new AppError('E_START', `"${program}" is not executable in the image.`, {
      next: 'Make the file executable (chmod +x), or start it through its interpreter.',
      detail,
      cause,
    });
  }
  if (/exec format error/i.test(why)) {
    return new AppError('E_START', `"${program}" is not a program this machine can run.`, {
      next: 'Give a script a first line such as #!/bin/sh, or build for this kind of processor.',
      detail,
      cause,
    });
  }
  return new AppError('E_START', `"${program}" could not be started: ${why}.`, {
    next: NEXT,
    detail,
    cause,
  });
}

/** A start that the engine refused, in plain words; null when the text is about something else. */
export function refusedStart(text: string, cause: unknown): AppError | null {
  const exec = /exec: \\?"(.+?)\\?": (?:stat [^:]+: )?([^:\n]+)/.exec(text);
  if (exec?.[1] && exec[2]) return startError(exec[1], exec[2], text, cause);
  if (/OOM-killed|memory limit too low/i.test(text)) {
    return new AppError('E_START', 'Its memory limit is too low to start anything.', {
      next: 'Give it more memory.',
      detail: text,
      cause,
    });
  }
  if (!/OCI runtime|runc|container process|shim task/i.test(text)) return null;
  return new AppError('E_START', 'The engine could not start the container.', {
    next: NEXT,
    detail: text,
    cause,
  });
}

/** Longest text of docker-init that is looked for. */
export const INIT_ERROR_LIMIT = 4096;

/**
 * The words with which docker-init (tini), the first process of the container, gives up when it
 * cannot execute the entry point. They are then all that the run printed.
 */
export function refusedByInit(stderr: string): AppError | null {
  const match = /^\[FATAL tini \(\d+\)\] exec ([^]+) failed: ([^\n]+)\n?$/.exec(stderr);
  return match?.[1] && match[2] ? startError(match[1], match[2], stderr) : null;
}
