#!/usr/bin/env node
/**
 * The command line. The program itself is out/main/cli.js; this file sees to it that there is one,
 * and that it runs on a Node which can load better-sqlite3 (Node-API 10, that is Node 22).
 */
import { pathToFileURL } from 'node:url';
import { commandFile, ensureBuild, isBuilt } from '../scripts/lib/build.mjs';
import { ensurePackages, packagesAreCurrent } from '../scripts/lib/install.mjs';
import { main } from '../scripts/lib/main.mjs';
import { modernNode } from '../scripts/lib/paths.mjs';
import { runVisibly } from '../scripts/lib/run.mjs';

/** A signal that arrives again within this time is the same key press, delivered twice. */
const sameSignalMs = 300;

if (Number(process.versions.napi) >= 10 && isReady()) {
  ignoreRepeatedSignals();
  await import(pathToFileURL(commandFile).href);
} else {
  await main(async () => {
    if (!isReady()) await prepare();
    return runVisibly(modernNode(), [import.meta.filename, ...process.argv.slice(2)]);
  });
}

function isReady() {
  return packagesAreCurrent() && isBuilt();
}

async function prepare() {
  await ensurePackages();
  await ensureBuild();
}

/**
 * A terminal sends Ctrl-C to every process of the command, and the ones above (npx, or this file
 * on an older Node) pass theirs on as well. The program must see one.
 */
function ignoreRepeatedSignals() {
  const emit = process.emit.bind(process);
  const lastSeen = new Map();
  process.emit = (name, ...rest) => {
    if (name !== 'SIGINT' && name !== 'SIGTERM' && name !== 'SIGHUP') {
      return emit(name, ...rest);
    }
    const before = lastSeen.get(name);
    lastSeen.set(name, performance.now());
    if (before !== undefined && performance.now() - before < sameSignalMs) return true;
    return emit(name, ...rest);
  };
}
