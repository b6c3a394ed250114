/**
 * A registry on a loopback port, open and without a password, holding the base image: pulls and
 * digests are tested against it.
 */
import { writeFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cacheFolder } from '../paths.mjs';
import { step } from '../progress.mjs';
import { capture, hasCommand } from '../run.mjs';
import { runFolder, startDaemon, waitUntil } from './daemon.mjs';

const startLimitMs = 10_000;

/** Names under which the base image is there: its own, and those that generated Dockerfiles start from. */
const names = [
  'slipway-test/python:3.11',
  'python:3.11',
  'python:3.11-slim',
  'python:3.11-slim-bookworm',
];

/**
 * @param {string} baseImage
 * @returns {Promise<{ address: string, stop: () => Promise<void> } | { missing: string }>}
 */
export async function ensureRegistry(baseImage) {
  const running = await runningRegistry();
  if (!running && !(await hasCommand('docker-registry'))) {
    return { missing: 'docker-registry is not installed' };
  }
  const registry = running ?? (await startRegistry());
  const problem = await fill(registry.address, baseImage);
  if (!problem) return registry;
  await registry.stop();
  return { missing: problem };
}

/** The registry that an earlier call left running. */
async function runningRegistry() {
  if (!existsSync(addressFile())) return undefined;
  const address = readFileSync(addressFile(), 'utf8');
  return (await answers(address)) ? { address, stop: async () => {} } : undefined;
}

async function startRegistry() {
  const address = `127.0.0.1:${await freePort()}`;
  const config = join(runFolder(), 'registry.json');
  writeFileSync(config, JSON.stringify(configuration(address)));
  const daemon = startDaemon('docker-registry', 'docker-registry', ['serve', config]);
  await waitUntil(() => answers(address), startLimitMs, daemon);
  writeFileSync(addressFile(), address);
  return { address, stop: daemon.stop };
}

/** Its configuration file is YAML, of which JSON is a part. */
const configuration = (address) => ({
  version: '0.1',
  log: { level: 'warn' },
  storage: { filesystem: { rootdirectory: cacheFolder('registry') }, delete: { enabled: true } },
  http: { addr: address },
});

/** Pushes the base image under the names that are not there yet. Returns what went wrong. */
async function fill(address, baseImage) {
  for (const name of names) {
    if (await holds(address, name)) continue;
    const target = `${address}/${name}`;
    await docker('tag', baseImage, target);
    const pushed = await step(`pushing ${name} to the test registry`, () => docker('push', target));
    await docker('rmi', target);
    if (pushed.status !== 0) return `the base image was not pushed: ${pushed.stderr.trim()}`;
  }
  return undefined;
}

async function holds(address, name) {
  const [repository, tag] = name.split(':');
  const accept = 'application/vnd.docker.distribution.manifest.v2+json';
  const url = `http://${address}/v2/${repository}/manifests/${tag}`;
  return (await fetch(url, { method: 'HEAD', headers: { accept } })).ok;
}

async function answers(address) {
  try {
    return (await fetch(`http://${address}/v2/`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const addressFile = () => join(runFolder(), 'registry-address');
const docker = (...args) => capture('docker', args);
