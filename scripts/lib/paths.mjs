/** Where things are: the checkout, and the cache that all checkouts of this user share. */
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The root of the checkout. */
export const root = resolve(import.meta.dirname, '..', '..');

/**
 * The cache folder. It lies outside the checkout, so that a fresh clone need not fetch
 * large things again. `SLIPWAY_CACHE_DIR` moves it.
 */
const cacheDir = resolve(process.env.SLIPWAY_CACHE_DIR ?? join(userCacheDir(), 'slipway'));

/** A path inside the checkout. */
export const inRoot = (...parts) => join(root, ...parts);

/** A folder inside the cache, made if it is not there. */
export function cacheFolder(...parts) {
  const folder = join(cacheDir, ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * The Node that the tools and the command line run on: the one from the `node` package, or
 * the running one when that is recent enough (better-sqlite3 needs Node-API 10).
 * @returns {string | undefined} nothing when neither will do
 */
export function modernNode() {
  const suffix = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = inRoot('node_modules', 'node', 'bin', suffix);
  if (existsSync(own)) return own;
  return Number(process.versions.napi) >= 10 ? process.execPath : undefined;
}

function userCacheDir() {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA;
  return join(homedir(), '.cache');
}
