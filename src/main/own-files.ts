import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/** A folder that comes with the app, such as `resources`. Beside a package's archive: other programs read it too. */
export const ownFolder = (name: 'resources' | 'examples'): string =>
  join(app.isPackaged ? process.resourcesPath : app.getAppPath(), name);

/** A package made with an older Electron brings the SQLite addon that this one can load (see `core/db/sqlite.ts`). */
export function useOwnAddon(): void {
  const file = join(process.resourcesPath, 'better_sqlite3.node');
  if (app.isPackaged && existsSync(file)) process.env['SLIPWAY_SQLITE_ADDON'] = file;
}
