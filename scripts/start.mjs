/**
 * `npm start`: installs what is missing, builds what has changed, opens the app.
 * With no screen it runs the example in the terminal instead.
 */
import { ensureBuild } from './lib/build.mjs';
import { electronEnv, electronSwitches, ensureElectron } from './lib/electron.mjs';
import { ensurePackages } from './lib/install.mjs';
import { main } from './lib/main.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { say } from './lib/progress.mjs';
import { onceEach, runVisibly, toolEnv } from './lib/run.mjs';

const exampleLaunch = [
  'launch',
  ...['--uri', 'examples/hello'],
  ...['--job-name', 'hello'],
  ...['--project', 'examples'],
  ...['--entry-point', 'python main.py'],
];

/** The command line's exit status for "no engine, no image". */
const NOTHING_TO_RUN_ON = 3;

await main(async () => {
  await ensurePackages();
  await ensureBuild();
  return hasScreen() ? openApp(process.argv.slice(2)) : launchExample();
});

function hasScreen() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function openApp(args) {
  const electron = await ensureElectron();
  const switches = electronSwitches();
  if (switches.length > 0) say(`running as root: Electron is started with ${switches.join(' ')}`);
  say(`opening Slipway (Electron ${electron.version})`);
  return runVisibly(electron.executablePath, [...switches, root, ...args], {
    passOn: onceEach(),
    env: toolEnv(electronEnv(electron)),
  });
}

async function launchExample() {
  say('no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window stays closed;');
  say('running the example in this terminal instead:');
  say(
    'slipway launch --uri examples/hello --job-name hello --project examples --entry-point "python main.py"',
  );
  const status = await slipway(exampleLaunch);
  if (status !== NOTHING_TO_RUN_ON) return status;
  say('the engine has no base image to be had; the same without a container (--engine process):');
  return slipway([...exampleLaunch, '--engine', 'process']);
}

function slipway(args) {
  return runVisibly(process.execPath, [inRoot('bin', 'slipway.mjs'), ...args], { cwd: root });
}
