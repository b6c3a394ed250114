/**
 * The packages of the checkout. They are installed when there are none, or when the lock file has
 * changed since; a stamp inside node_modules says which lock they came from.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder, inRoot, modernNode } from './paths.mjs';
import { say, step } from './progress.mjs';
import { runLogged } from './run.mjs';

const lockFile = inRoot('package-lock.json');
const stampFile = inRoot('node_modules', '.slipway-lock');

/** Whether node_modules holds what the lock file asks for. Costs about a millisecond. */
export function packagesAreCurrent() {
  return readOrNothing(stampFile) === lockHash();
}

/** Installs the packages unless they are current. */
export async function ensurePackages() {
  if (packagesAreCurrent()) return;
  await withLock('install', async () => {
    if (packagesAreCurrent()) return;
    if (!installedByHand()) await install();
    if (!modernNode()) throw new Error(noNodeText);
    linkCommand();
    writeFileSync(stampFile, lockHash());
  });
}

async function install() {
  const npm = npmCommand();
  const log = join(cacheFolder('logs'), 'npm-ci.log');
  await step('installing packages (about a minute the first time)', () =>
    runLogged(npm.command, [...npm.args, 'ci', '--no-audit', '--no-fund'], log, {
      cwd: inRoot(),
      // Whoever sets NODE_ENV=production still needs the tools to build with.
      env: { ...process.env, NODE_ENV: '', npm_config_omit: '' },
    }),
  );
}

/**
 * Whether someone ran `npm ci` or `npm install` already: npm's own record of what it installed
 * then agrees with the lock file in every package it names.
 */
function installedByHand() {
  const record = readOrNothing(inRoot('node_modules', '.package-lock.json'));
  if (!record) return false;
  const installed = JSON.parse(record).packages;
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === entry.version : entry.optional || entry.devOptional;
  });
}

/**
 * Puts the checkout's own command among the installed ones, so that `npx slipway` finds it there.
 * Windows has no symbolic links for everyone; there npx takes the command from package.json.
 */
function linkCommand() {
  if (process.platform === 'win32') return;
  const link = inRoot('node_modules', '.bin', 'slipway');
  mkdirSync(inRoot('node_modules', '.bin'), { recursive: true });
  rmSync(`${link}.new`, { force: true });
  symlinkSync(join('..', '..', 'bin', 'slipway.mjs'), `${link}.new`);
  renameSync(`${link}.new`, link);
}

/** npm of the Node that runs this, else the one on PATH. */
function npmCommand() {
  const given = process.env.npm_execpath;
  if (given?.endsWith('npm-cli.js')) return { command: process.execPath, args: [given] };
  if (process.platform !== 'win32') return { command: 'npm', args: [] };
  const besideNode = join(process.execPath, '..', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (!existsSync(besideNode)) say('npm was not found beside Node; trying the one on PATH');
  return { command: process.execPath, args: [besideNode] };
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function readOrNothing(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

const noNodeText = [
  'Node 22 or newer is needed to run the tools, and the packaged one was not installed.',
  'npm is probably set to ignore install scripts: run `npm rebuild node`, or use Node 24.',
].join('\n');
