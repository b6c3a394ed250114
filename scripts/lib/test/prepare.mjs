/** Gets ready what the chosen stages use. What cannot be had is named, and does not stop the rest. */
import { electronEnv, ensureElectron } from '../electron.mjs';
import { ensurePackages } from '../install.mjs';
import { ensureDisplay } from '../services/display.mjs';
import { ensureServices } from '../services/services.mjs';

/**
 * @param {import('./stages.mjs').Stage[]} stages
 * @returns what the tests are told (env), what could not be had, and a way to stop what was started.
 *   `lacking` has, by part, the reason why a stage that needs it cannot run.
 */
export async function prepare(stages) {
  const uses = new Set(stages.flatMap((stage) => stage.uses ?? []));
  const prepared = { env: {}, missing: [], lacking: {}, stop: async () => {} };
  // The engine and its image take as long as the packages do, hence both at once.
  const [services, packages] = await Promise.allSettled([
    uses.has('services') ? ensureServices() : undefined,
    ensurePackages(),
  ]);
  if (services.value) addServices(prepared, services.value);
  if (packages.status === 'rejected') {
    await prepared.stop();
    throw packages.reason;
  }
  if (uses.has('electron')) await addElectron(prepared);
  if (uses.has('display')) await addDisplay(prepared);
  return prepared;
}

/** Tests that need the engine skip themselves without it, so that all others still run. */
function addServices(prepared, { env, missing, stop }) {
  Object.assign(prepared.env, env);
  prepared.missing.push(...missing);
  prepared.stop = stop;
}

async function addElectron(prepared) {
  try {
    const electron = await ensureElectron();
    Object.assign(prepared.env, electronEnv(electron), {
      SLIPWAY_TEST_ELECTRON: electron.executablePath,
    });
  } catch (error) {
    addLacking(prepared, 'electron', error.message);
  }
}

async function addDisplay(prepared) {
  const display = await ensureDisplay().catch((error) => ({ missing: error.message }));
  if (display.missing) {
    addLacking(prepared, 'display', display.missing);
    return;
  }
  Object.assign(prepared.env, display.env);
  const stopServices = prepared.stop;
  prepared.stop = async () => {
    await display.stop();
    await stopServices();
  };
}

function addLacking(prepared, part, reason) {
  prepared.lacking[part] = reason;
  prepared.missing.push(reason);
}
