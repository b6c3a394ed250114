import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/**
 * The data folder: the one asked for, else `SLIPWAY_DATA_DIR`, else the system's usual place. Absolute.
 * @throws AppError `E_ARGS` for an empty one: it would be whatever folder the person is in
 */
export function dataDirOf(asked: string | undefined): string {
  if (asked === '') {
    throw new AppError('E_ARGS', '--data-dir names no folder.', {
      next: 'Give its path, or leave --data-dir away for the usual one.',
    });
  }
  const chosen = asked ?? (process.env['SLIPWAY_DATA_DIR'] || undefined);
  return chosen === undefined ? defaultDataDir() : resolve(chosen);
}

/**
 * Makes the data folder if it is not there. Returns its path with links resolved.
 * @throws AppError `E_DATA_DIR`
 */
export function makeDataDir(dataDir: string): string {
  // Making a folder there never returns in some versions of Node.
  if (/^\/(?:proc|sys)(?:\/|$)/.test(resolve(dataDir))) {
    throw unusable(dataDir, 'it is a view of the system');
  }
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK);
    return realpathSync(dataDir);
  } catch (error) {
    throw unusable(dataDir, whyNot(error), error);
  }
}

const unusable = (dataDir: string, why: string | null, cause?: unknown): AppError =>
  new AppError(
    'E_DATA_DIR',
    `The data folder ${dataDir} cannot be made or written${why === null ? '' : `: ${why}`}.`,
    {
      next: 'Choose another one with --data-dir.',
      cause,
    },
  );

/** What the system says, in words; null where that says no more. */
function whyNot(error: unknown): string | null {
  const { code = '' } = error as NodeJS.ErrnoException;
  return new Map(Object.entries(WHY)).get(code) ?? null;
}

const NO_FOLDER = 'a file is in its place';
const FORBIDDEN = 'you may not write there';
const WHY = {
  EEXIST: NO_FOLDER,
  ENOTDIR: NO_FOLDER,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: 'its disk can only be read',
  ENOSPC: 'its disk is full',
  ENAMETOOLONG: 'its name is too long',
};

function defaultDataDir(): string {
  if (process.platform === 'darwin') {
    return join(home(), 'Library', 'Application Support', 'Slipway');
  }
  if (process.platform === 'win32') {
    return join(process.env['APPDATA'] ?? join(home(), 'AppData', 'Roaming'), 'Slipway');
  }
  const { XDG_DATA_HOME: xdg = '' } = process.env;
  // One that is not absolute does not count (XDG Base Directory Specification).
  return join(isAbsolute(xdg) ? xdg : join(home(), '.local', 'share'), 'slipway');
}

/** With an empty HOME, the one that the system knows. */
const home = (): string => homedir() || userInfo().homedir;
