/** A Docker engine for the tests: the one that answers, else one started here. */
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { step } from '../progress.mjs';
import { capture, hasCommand } from '../run.mjs';
import { runFolder, startDaemon, waitUntil } from './daemon.mjs';

const defaultSocket = '/var/run/docker.sock';
const startLimitMs = 30_000;

/**
 * @typedef {object} Engine
 * @property {string | undefined} host value for DOCKER_HOST; nothing for the default socket
 * @property {() => Promise<void>} stop stops it if it was started here
 */

/**
 * @returns {Promise<Engine | { missing: string }>}
 */
export async function ensureEngine() {
  const host = process.env.DOCKER_HOST || undefined;
  const notOurs = async () => {};
  if (await answers(host)) return { host, stop: notOurs };
  if (host) return { missing: `no Docker engine answers at DOCKER_HOST (${host})` };
  if (process.platform !== 'linux') return { missing: 'no Docker engine is running' };
  if (process.getuid() !== 0)
    return { missing: 'no Docker engine is running; starting one needs root' };
  if (!(await hasCommand('dockerd'))) return { missing: 'dockerd is not installed (docker.io)' };
  return { host, stop: await startEngine() };
}

async function startEngine() {
  const pidFile = join(runFolder(), 'dockerd-own.pid');
  const daemon = startDaemon('dockerd', 'dockerd', ['--pidfile', pidFile]);
  await step('starting a Docker engine', () =>
    waitUntil(() => answers(undefined), startLimitMs, daemon),
  );
  return daemon.stop;
}

/** Whether an engine answers. Remote hosts are asked through the docker command, which knows them all. */
async function answers(host) {
  if (host && !host.startsWith('unix://'))
    return (await capture('docker', ['version'])).status === 0;
  const socketPath = host ? host.slice('unix://'.length) : defaultSocket;
  if (process.platform !== 'win32' && !existsSync(socketPath)) return false;
  if (process.platform === 'win32') return (await capture('docker', ['version'])).status === 0;
  return pings(socketPath);
}

function pings(socketPath) {
  return new Promise((resolve) => {
    const ask = request({ socketPath, path: '/_ping', timeout: 3000 }, (reply) => {
      reply.resume();
      resolve(reply.statusCode === 200);
    });
    ask.on('timeout', () => ask.destroy());
    ask.on('error', () => resolve(false));
    ask.end();
  });
}
