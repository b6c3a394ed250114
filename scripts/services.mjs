/**
 * `npm run services -- up`: starts the engine, base image and registry of the tests and leaves them
 * running, for work on single tests. Prints the environment to stdout, ready for a shell's eval.
 * `npm run services -- down` stops what `up` started.
 */
import { electronEnv, ensureElectron } from './lib/electron.mjs';
import { ensurePackages } from './lib/install.mjs';
import { main } from './lib/main.mjs';
import { say } from './lib/progress.mjs';
import { stopDaemons } from './lib/services/daemon.mjs';
import { ensureServices } from './lib/services/services.mjs';

const commands = { up, down };

await main(async () => {
  const command = commands[process.argv[2]];
  if (!command) throw new Error('usage: npm run services -- up | down');
  return command();
});

async function up() {
  await ensurePackages();
  const { env, missing } = await ensureServices();
  const electron = await ensureElectron();
  const all = { ...env, ...electronEnv(electron), SLIPWAY_TEST_ELECTRON: electron.executablePath };
  for (const [name, value] of Object.entries(all)) console.log(`export ${name}='${value}'`);
  for (const text of missing) say(`missing: ${text}`);
  return missing.length > 0 ? 1 : 0;
}

async function down() {
  for (const name of await stopDaemons('docker-registry', 'dockerd')) say(`stopped ${name}`);
  return 0;
}
