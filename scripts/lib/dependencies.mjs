/** The packages that the built app loads from node_modules: those it names, and theirs. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { bundledPackages } from './bundled.mjs';
import { inRoot, root } from './paths.mjs';

/** @returns {string[]} folders, relative to the checkout */
export function loadedPackages() {
  const found = new Set();
  const names = Object.keys(manifestOf(root).dependencies);
  const open = names.filter((name) => !bundledPackages.includes(name)).map((name) => [root, name]);
  for (const [from, name] of open) {
    const folder = packageFolder(from, name);
    if (folder === undefined || found.has(folder)) continue;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = manifestOf(folder);
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      open.push([folder, needed]);
    }
  }
  return [...found].map((folder) => relative(root, folder)).sort();
}

/** Where Node finds a package that is asked for from a folder; an optional one may be nowhere. */
function packageFolder(from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (folder === inRoot()) return undefined;
  }
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
