/** The rival of an unchanged snapshot: looks at every file of a folder and does nothing with it. */
import { lstatSync, readdirSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

parentPort.on('message', (folder) => {
  const seen = [];
  walk(folder, seen);
  parentPort.postMessage(seen.length);
});

function walk(folder, seen) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(path, seen);
    else {
      const { size, mtimeMs, ino, mode } = lstatSync(path);
      seen.push([path, size, mtimeMs, ino, mode]);
    }
  }
}
