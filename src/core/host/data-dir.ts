import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/** The data folder: the one asked for, else `SLIPWAY_DATA_DIR`, else the system's usual place. Absolute. */
export function dataDirOf(asked: string | undefined): string {
  const chosen = asked ?? (process.env['SLIPWAY_DATA_DIR'] || undefined);
  return chosen === undefined ? defaultDataDir() : resolve(chosen);
}

/**
 * Makes the data folder if it is not there. Returns its path with links resolved.
 * @throws AppError `E_DATA_DIR`
 */
export function makeDataDir(dataDir: string): string {
  // Making a folder there never returns in some versions of Node.
  if (/^\/(?:proc|sys)(?:\/|$)/.test(resolve(dataDir))) throw unusable(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK);
    return realpathSync(dataDir);
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

const unusable = (dataDir: string, cause?: unknown): AppError =>
  new AppError('E_DATA_DIR', `The data folder ${dataDir} cannot be made or written.`, {
    next: 'Choose another one with --data-dir.',
    cause,
  });

function defaultDataDir(): string {
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'Slipway');
  }
  if (process.platform === 'win32') {
    return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Slipway');
  }
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'slipway');
}
