import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The data folder: the one asked for, else `SLIPWAY_DATA_DIR`, else the system's usual place. Absolute. */
export function dataDirOf(asked: string | undefined): string {
  const chosen = asked ?? (process.env['SLIPWAY_DATA_DIR'] || undefined);
  return chosen === undefined ? defaultDataDir() : resolve(chosen);
}

function defaultDataDir(): string {
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'Slipway');
  }
  if (process.platform === 'win32') {
    return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Slipway');
  }
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'slipway');
}
