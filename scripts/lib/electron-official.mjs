/** The Electron that the `electron` package names: given by hand, already there, or downloaded. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, modernNode } from './paths.mjs';
import { say } from './progress.mjs';

const connectLimitMs = 20_000;
const downloadLimitMs = 15 * 60_000;
const defaultMirror = 'https://github.com/electron/electron/releases/download/';

const packageFolder = inRoot('node_modules', 'electron');
const executableNames = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const executableName = executableNames[process.platform] ?? 'electron';

/** An Electron folder named by the person, as the `electron` package understands it. */
export function givenElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return undefined;
  const found = electronIn(folder);
  if (!found) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${folder}`);
  return found;
}

/** The binary inside the `electron` package, if it is there and of the package's version. */
export function installedOfficial() {
  const found = electronIn(join(packageFolder, 'dist'));
  return found?.version === packageVersion() ? found : undefined;
}

/**
 * Has the `electron` package fetch its binary; it checks the digest itself.
 * The download is given up early when the server cannot be reached at all.
 * @returns {Promise<string | undefined>} why it failed, or nothing
 */
export async function downloadOfficial() {
  say(`downloading Electron ${packageVersion()} ...`);
  const installer = startInstaller();
  const reachable = canReachMirror().then((reason) => {
    if (reason !== undefined) installer.stop(reason);
  });
  const [reason] = await Promise.all([installer.finished, reachable]);
  return installedOfficial() ? undefined : reason;
}

function startInstaller() {
  const child = spawn(modernNode(), [join(packageFolder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let reason;
  let printed = '';
  const stop = (why) => {
    reason ??= why;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop('it took too long'), downloadLimitMs);
  child.stderr.on('data', (text) => (printed += text));
  const finished = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', () => resolve(reason ?? firstLine(printed)));
  }).finally(() => clearTimeout(timer));
  return { stop, finished };
}

/** Asks the server for the small file of digests that stands beside the binary. */
async function canReachMirror() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  // A mirror may lay its files out differently, and a proxy is not known to fetch: leave it to the installer.
  if (mirror || process.env.ELECTRON_GET_USE_PROXY) return undefined;
  const limit = AbortSignal.timeout(connectLimitMs);
  try {
    const reply = await fetch(new URL(`v${packageVersion()}/SHASUMS256.txt`, defaultMirror), {
      signal: limit,
    });
    await reply.body?.cancel();
    return reply.ok ? undefined : `the server answered ${reply.status}`;
  } catch (error) {
    return limit.aborted ? 'no answer' : networkProblem(error);
  }
}

/** The reason inside fetch's own "fetch failed", in a few words. */
function networkProblem({ message, cause }) {
  if (cause?.code === 'UND_ERR_CONNECT_TIMEOUT') return 'no answer';
  return [cause?.code ?? message, cause?.hostname].filter(Boolean).join(' ');
}

function electronIn(folder) {
  const executablePath = join(folder, executableName);
  const versionFile = join(folder, 'version');
  if (!existsSync(executablePath)) return undefined;
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'unknown';
  return { executablePath, version: version.replace(/^v/, ''), source: 'official' };
}

const packageVersion = () =>
  JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;

const firstLine = (text) => text.trim().split('\n')[0] || 'the installer gave no reason';
