/** The real app: how soon it shows something useful, and how long its main process is ever busy. */
import { measureBlocks } from './app-blocks.mjs';
import { measureStart } from './app-start.mjs';

/** @param {import('./run.mjs').Bench} bench */
export async function measure(bench) {
  await measureStart(bench);
  await measureBlocks(bench);
}
