/** Where a part works: a folder of its own, and everything it leaves behind to be cleared. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture } from '../lib/run.mjs';

/**
 * @typedef {object} Workplace
 * @property {(name: string) => string} folder a new or existing folder in it
 * @property {(undo: () => unknown) => void} defer what to do when the part has ended, the last first
 * @property {(image: string) => void} removeImage takes an image off the engine in the end
 * @property {() => Promise<void>} clear
 */

/** @returns {Workplace} */
export function openWorkplace() {
  const root = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const undos = [];
  const images = new Set();
  return {
    folder: (name) => {
      const folder = join(root, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
    defer: (undo) => void undos.push(undo),
    removeImage: (image) => void images.add(image),
    clear: async () => {
      for (const undo of undos.reverse()) await undo();
      for (const image of images) await removeImage(image);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** With the containers that an interrupted measurement left. */
async function removeImage(image) {
  const { stdout } = await capture('docker', ['ps', '-aq', '--filter', `ancestor=${image}`]);
  const containers = stdout.split('\n').filter(Boolean);
  if (containers.length > 0) await capture('docker', ['rm', '-f', ...containers]);
  await capture('docker', ['rmi', image]);
}
