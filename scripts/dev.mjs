/** `npm run dev`: the app with hot reloading. */
import { electronEnv, electronSwitches, ensureElectron } from './lib/electron.mjs';
import { ensurePackages } from './lib/install.mjs';
import { main } from './lib/main.mjs';
import { modernNode, root } from './lib/paths.mjs';
import { onceEach, runVisibly, toolEnv, toolFile } from './lib/run.mjs';

await main(async () => {
  await ensurePackages();
  const electron = await ensureElectron();
  const noSandbox = electronSwitches().length > 0 ? { NO_SANDBOX: '1' } : {};
  const env = {
    ELECTRON_EXEC_PATH: electron.executablePath,
    ...noSandbox,
    ...electronEnv(electron),
  };
  const args = [toolFile('electron-vite', 'electron-vite'), 'dev', ...process.argv.slice(2)];
  return runVisibly(modernNode(), args, { cwd: root, passOn: onceEach(), env: toolEnv(env) });
});
