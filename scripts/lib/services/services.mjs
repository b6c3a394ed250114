/** Everything outside the checkout that the tests use, started in the order of need. */
import { ensureBaseImage } from './base-image.mjs';
import { ensureEngine } from './engine.mjs';
import { ensureRegistry } from './registry.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * @typedef {object} Services
 * @property {Record<string, string>} env what the tests are told
 * @property {string[]} missing what could not be had, in words
 * @property {() => Promise<void>} stop stops what was started here, and nothing else
 */

/** @returns {Promise<Services>} */
export async function ensureServices() {
  const services = { env: {}, missing: [], stop: async () => {} };
  const packages = await ensureSystemPackages();
  if (packages) services.missing.push(packages);
  for (const add of [addEngine, addBaseImage, addRegistry]) {
    const problem = await add(services).catch((error) => error.message);
    if (problem === undefined) continue;
    services.missing.push(problem);
    break;
  }
  return services;
}

async function addEngine(services) {
  const engine = await ensureEngine();
  if (engine.missing) return engine.missing;
  if (engine.host) services.env.DOCKER_HOST = engine.host;
  services.stop = engine.stop;
  return undefined;
}

async function addBaseImage(services) {
  const image = await ensureBaseImage();
  if (image.missing) return image.missing;
  services.env.SLIPWAY_TEST_BASE_IMAGE = image;
  return undefined;
}

async function addRegistry(services) {
  const registry = await ensureRegistry(services.env.SLIPWAY_TEST_BASE_IMAGE);
  if (registry.missing) return registry.missing;
  services.env.SLIPWAY_TEST_REGISTRY = registry.address;
  const stopEngine = services.stop;
  services.stop = async () => {
    await registry.stop();
    await stopEngine();
  };
  return undefined;
}
