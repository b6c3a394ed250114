/** The built app in out/. A stamp says from which inputs it was built. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder, inRoot, modernNode, root } from './paths.mjs';
import { step } from './progress.mjs';
import { runLogged, toolEnv, toolFile } from './run.mjs';

const stampFile = inRoot('out', '.inputs');
const inputs = [
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'src',
  'resources',
];

/** The built command line. */
export const commandFile = inRoot('out', 'main', 'cli.js');

/** Whether there is a build at all, of whatever age. */
export const isBuilt = () => existsSync(commandFile);

/** Builds unless out/ was built from the inputs as they are now. The packages must be installed. */
export function ensureBuild() {
  return withLock('build', async () => {
    if (!isCurrent()) await build();
  });
}

/** Builds in any case. */
export async function build() {
  const hash = inputHash();
  const log = join(cacheFolder('logs'), 'build.log');
  await step('building the app', () =>
    runLogged(modernNode(), [toolFile('electron-vite', 'electron-vite'), 'build'], log, {
      cwd: root,
      env: toolEnv({ NODE_ENV: '', NO_COLOR: '1' }),
    }),
  );
  writeFileSync(stampFile, hash);
}

function isCurrent() {
  return isBuilt() && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === inputHash();
}

function inputHash() {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((name) => filesUnder(inRoot(name)))) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** All files of a file or folder but the tests, in a fixed order. */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
