/** One set-up at a time: two terminals, or an app and a test run, must not install into one folder together. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, root } from './paths.mjs';
import { say } from './progress.mjs';

/**
 * Runs the work while holding a lock of this checkout. A lock whose holder has died is taken over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 */
export async function withLock(name, work) {
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const file = join(cacheFolder('locks'), `${name}-${checkout}`);
  let waiting = false;
  while (!take(file)) {
    if (!waiting) say(`waiting for another process that does the same (${name})`);
    waiting = true;
    await sleep(300);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isAlive(holderOf(file))) rmSync(file, { force: true });
  return false;
}

/** The process id in a pid file, or nothing. An empty file is one whose writer is just about to write. */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8').trim()) || process.pid;
  } catch {
    return undefined;
  }
}

/** Whether a process with this id exists. */
export function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
