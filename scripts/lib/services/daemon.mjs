/** Background programs of the test run: each in its own session, with its own log and pid file. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../lock.mjs';
import { cacheFolder } from '../paths.mjs';

const stopLimitMs = 15_000;

/** Logs, pid files and data of what is running. */
export const runFolder = () => cacheFolder('run');

/**
 * Starts a program that goes on when this process ends.
 * @param {string} name names the log and the pid file
 * @returns its log file, whether it has ended, how to stop it, and what it tells on descriptor 3
 */
export function startDaemon(name, command, args, env = process.env) {
  const logFile = join(runFolder(), `${name}.log`);
  const pidFile = join(runFolder(), `${name}.pid`);
  const log = openSync(logFile, 'w');
  const child = spawn(command, args, {
    detached: true,
    env,
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  child.unref();
  child.stdio[3].setEncoding('utf8').unref();
  // A program that cannot be started shows as one that has ended.
  child.on('error', () => {});
  writeFileSync(pidFile, String(child.pid ?? ''));
  return {
    logFile,
    tells: child.stdio[3],
    hasEnded: () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null,
    stop: async () => {
      if (child.pid !== undefined) await end(child.pid);
      rmSync(pidFile, { force: true });
    },
  };
}

/** Waits for a daemon to be ready. */
export async function waitUntil(isReady, limitMs, daemon) {
  const deadline = performance.now() + limitMs;
  while (!(await isReady())) {
    if (daemon.hasEnded()) throw new Error(`it ended at once, see ${daemon.logFile}`);
    if (performance.now() > deadline)
      throw new Error(`it is not ready after ${limitMs / 1000} s, see ${daemon.logFile}`);
    await sleep(100);
  }
}

/**
 * Stops daemons that an earlier process started, by their pid files.
 * @param {string[]} names as given to startDaemon
 * @returns {Promise<string[]>} those that were running
 */
export async function stopDaemons(...names) {
  const stopped = [];
  for (const name of names) {
    const pidFile = join(runFolder(), `${name}.pid`);
    if (!existsSync(pidFile)) continue;
    const pid = Number(readFileSync(pidFile, 'utf8'));
    if (isProgram(pid, name)) {
      await end(pid);
      stopped.push(name);
    }
    rmSync(pidFile, { force: true });
  }
  return stopped;
}

/** Process ids are used again: an old pid file may name another program by now. */
function isProgram(pid, name) {
  const file = `/proc/${pid}/cmdline`;
  return pid > 0 && existsSync(file) && readFileSync(file, 'utf8').split('\0')[0].endsWith(name);
}

async function end(pid) {
  signal(pid, 'SIGTERM');
  const deadline = performance.now() + stopLimitMs;
  while (isAlive(pid) && performance.now() < deadline) await sleep(50);
  if (isAlive(pid)) signal(pid, 'SIGKILL');
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
