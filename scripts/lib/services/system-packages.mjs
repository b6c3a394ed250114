/**
 * The Debian packages that the tests need: a screen, what Electron links to, an engine, a registry, a
 * server for git over ssh, a secret store, notifications, Python libraries that read what Slipway writes.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../paths.mjs';
import { step } from '../progress.mjs';
import { capture, hasCommand, runLogged } from '../run.mjs';

/** One package each; where a release has renamed it, the names in the order of preference. */
const needed = [
  ['git'],
  ['git-lfs'],
  ['openssh-client'],
  ['openssh-server'],
  ['openssl'],
  ['dbus'],
  ['gnome-keyring'],
  ['dunst'],
  ['libnotify4'],
  ['libglib2.0-bin'],
  ['python3-gi'],
  ['procps'],
  ['iproute2'],
  ['iptables'],
  ['xvfb'],
  ['xauth'],
  ['openbox'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
  ['libatspi2.0-0', 'libatspi2.0-0t64'],
  ['debootstrap'],
  ['docker-registry'],
  ['python3-venv'],
  ['python3-click'],
  ['python3-yaml'],
];

/** Left alone when there is an engine already: Docker's own packages would be pushed out. */
const engine = ['docker.io'];

/**
 * Installs what is missing, as root on Debian.
 * @returns {Promise<string | undefined>} what is missing in the end
 */
export async function ensureSystemPackages() {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return undefined;
  const wanted = (await hasCommand('dockerd')) ? needed : [...needed, engine];
  const missing = await missingOf(wanted);
  if (missing.length === 0) return undefined;
  if (process.getuid() !== 0) return `as root: apt-get install ${names(missing)}`;
  try {
    await step(`installing system packages: ${names(missing)}`, () => install(missing));
    return undefined;
  } catch (error) {
    return error.message;
  }
}

async function install(missing) {
  const log = (name) => join(cacheFolder('logs'), `${name}.log`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runLogged('apt-get', ['update'], log('apt-update'), { env });
  const known = await Promise.all(missing.map(firstKnown));
  const args = ['install', '--yes', '--no-install-recommends', ...known];
  await runLogged('apt-get', args, log('apt-install'), { env });
}

async function missingOf(wanted) {
  const all = wanted.flat();
  const query = ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...all];
  const { stdout } = await capture('dpkg-query', query);
  const installed = new Set(stdout.split('\n').filter((line) => line.endsWith(' installed')));
  return wanted.filter((choice) => !choice.some((name) => installed.has(`${name} installed`)));
}

/** The name this release knows the package by. */
async function firstKnown(choice) {
  for (const name of choice) {
    const { stdout } = await capture('apt-cache', ['show', '--no-all-versions', name]);
    if (stdout.includes(`Package: ${name}\n`)) return name;
  }
  return choice[0];
}

const names = (packages) => packages.map(([name]) => name).join(' ');
