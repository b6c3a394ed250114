/**
 * `npm run package`: the app as a folder that needs neither Node nor this checkout, in dist/. It is
 * hardened: it runs no other code than its own, whatever variables or switches it is started with.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { loadedPackages } from './lib/dependencies.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensurePackages } from './lib/install.mjs';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/paths.mjs';
import { say, step } from './lib/progress.mjs';

const { platform, arch } = process;
const executable = platform === 'win32' ? 'slipway.exe' : 'slipway';
/** Sources of native code, which is there built. */
const notNeeded = /better-sqlite3[\\/](deps|src)([\\/]|$)|\.(map|md|d\.ts)$/;
/** Not of the app but of Electron's own start screen, or of the fallback's shim and old addon. */
const notOurs = ['default_app.asar', 'app'];

await main(async () => {
  if (platform === 'darwin')
    throw new Error('Packages are made on Linux and Windows; on macOS use npm start.');
  await ensurePackages();
  await ensureBuild();
  const electron = await ensureElectron();
  const place = inRoot('dist', `slipway-${platform}-${arch}`);
  await step(`packaging with Electron ${electron.version}`, () => packageInto(place, electron));
  say(`the app is ${join(place, executable)}`);
  return 0;
});

async function packageInto(place, electron) {
  mkdirSync(dirname(place), { recursive: true });
  const work = mkdtempSync(join(dirname(place), '.new-'));
  try {
    const made = join(work, 'package');
    const source = dirname(electron.executablePath);
    cpSync(source, made, { recursive: true, filter: (file) => basename(file) !== 'legacy' });
    renameSync(join(made, basename(electron.executablePath)), join(made, executable));
    const resources = join(made, 'resources');
    for (const name of notOurs) rmSync(join(resources, name), { recursive: true, force: true });
    await addApp(join(work, 'app'), resources);
    if (electron.legacySqliteAddon) {
      cpSync(electron.legacySqliteAddon, join(resources, 'better_sqlite3.node'));
    }
    await harden(join(made, executable));
    rmSync(place, { recursive: true, force: true });
    renameSync(made, place);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What the app is made of, as one archive; native code and what other programs read stand beside it. */
async function addApp(stage, resources) {
  const { createPackageWithOptions } = await import('@electron/asar');
  const { name, productName, version, type, main: entry } = manifest();
  const copy = (path) => {
    // What a package has in a node_modules of its own is listed by itself, as far as it is loaded.
    const own = (file) => !relative(inRoot(path), file).startsWith('node_modules');
    const filter = (file) => own(file) && !notNeeded.test(file);
    cpSync(inRoot(path), join(stage, path), { recursive: true, filter });
  };
  mkdirSync(stage);
  for (const path of ['out', ...loadedPackages()]) copy(path);
  writeFileSync(
    join(stage, 'package.json'),
    JSON.stringify({ name, productName, version, type, main: entry }),
  );
  await createPackageWithOptions(stage, join(resources, 'app.asar'), { unpack: '**/*.node' });
  for (const folder of ['resources', 'examples']) {
    if (existsSync(inRoot(folder)))
      cpSync(inRoot(folder), join(resources, folder), { recursive: true });
  }
}

function manifest() {
  return JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
}

/** Electron's own switches for what a package may do, see its security checklist. */
async function harden(file) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(file, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    // Checked by Electron on macOS and Windows alone, and only with a digest in the executable.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  });
}
