import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog } from 'electron';
import { toErrorData } from '../shared/errors.ts';
import { dataDirOf, makeDataDir } from '../core/host/data-dir.ts';
import { pageAddress, registerAppScheme, serveApp } from './app-protocol.ts';
import { AppWindow } from './app-window.ts';
import { argumentOf } from './arguments.ts';
import type { Backend, BackendModule } from './backend.ts';
import { askedToReplace, wantsToReplace } from './restart-to-replace.ts';
import { ownFolder, useOwnAddon } from './own-files.ts';
import { reportFault } from './report-fault.ts';
import { denyByDefault } from './security.ts';
import { followSystem } from './system-requests.ts';

/** How long the first screen may take once its scripts are there, in ms. Nothing else is done meanwhile. */
const FIRST_SCREEN_MS = 300;

/** Names the data folder's own Electron profile: one app per data folder, and no state outside it. */
const dataDir = dataDirOf(argumentOf(process.argv, '--data-dir') || undefined);
app.setPath('userData', `${dataDir}/electron`);
// Without it pages are sandboxed all the same; a system that cannot (root on Linux) says so by the switch.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();

try {
  // Before the lock, which Electron keeps in it: without the folder it would seem that an app runs already.
  makeDataDir(dataDir);
  if (app.requestSingleInstanceLock()) void start();
  else app.quit();
} catch (error) {
  void refuse(error);
}

async function start(): Promise<void> {
  denyByDefault();
  await app.whenReady();
  const window = new AppWindow(dataDir);
  const backend = once(() => openBackend(window));
  serveApp(fileURLToPath(new URL('../renderer', import.meta.url)), backend);
  // The pages of a dev server do not wait for it.
  if (!pageAddress().startsWith('app:')) await backend();
  window.show().webContents.once('did-stop-loading', () => void followRuns(backend()));
  followSystem(window, backend);
}

/**
 * Opens what answers the window. A database that is damaged is replaced as the person says; when the data folder
 * cannot be used, the person is told why.
 */
async function openBackend(window: AppWindow): Promise<Backend> {
  useOwnAddon();
  const loaded = await import('./backend.ts');
  try {
    return await openOrReplace(window, loaded);
  } catch (error) {
    await refuse(error);
    throw error;
  }
}

/** Tries again as long as there is something that can stand in for a damaged database. */
async function openOrReplace(window: AppWindow, loaded: BackendModule): Promise<Backend> {
  const around = { window, examples: ownFolder('examples') };
  let isAsked = wantsToReplace();
  for (;;) {
    try {
      if (isAsked) throw askedToReplace(dataDir);
      return loaded.openBackend(coreOptions(), around);
    } catch (error) {
      if (toErrorData(error).code !== 'E_DB_DAMAGED') throw error;
      isAsked = false;
      if (!(await loaded.replaceDamaged(dataDir, error))) app.exit(1);
      window.show();
    }
  }
}

function coreOptions(): Parameters<BackendModule['openBackend']>[0] {
  const workers = {
    snapshots: new URL('./snapshot-worker.js', import.meta.url),
    runReader: new URL('./run-reader.js', import.meta.url),
    runList: new URL('./run-list-worker.js', import.meta.url),
    logSearch: new URL('./log-search.js', import.meta.url),
    care: new URL('./care-worker.js', import.meta.url),
  };
  // Asked here: in a module that is built to a file of its own, the paths would be others.
  return { dataDir, workers, resources: ownFolder('resources'), role: 'app' };
}

/** Looks for engines and runs, which holds up everything else while the engine's client is loaded. */
async function followRuns(opening: Promise<Backend>): Promise<void> {
  const { core, engineWatch, shell } = await opening;
  await sleep(FIRST_SCREEN_MS);
  shell.start();
  engineWatch.start();
  void core.tracked.follow(reportFault).catch(reportFault);
  await core.reconcile('follow').catch(reportFault);
  shell.caughtUp();
}

/** Does the work when it is first asked for, and gives everyone the same result. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= work());
}

/** Tells why the data folder cannot be used, and ends. */
async function refuse(error: unknown): Promise<void> {
  await app.whenReady();
  for (const window of BrowserWindow.getAllWindows()) window.hide();
  const { message, next, detail } = toErrorData(error);
  // Not showErrorBox, which blocks the process: asked to end meanwhile, it would spin.
  await dialog.showMessageBox({
    type: 'error',
    title: 'Slipway cannot start',
    message,
    detail: [next, detail].filter(Boolean).join('\n\n'),
    buttons: ['Quit'],
  });
  app.exit(1);
}
