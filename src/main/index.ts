import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog } from 'electron';
import { toErrorData } from '../shared/errors.ts';
import { createCore, type Core } from '../core/create-core.ts';
import { dataDirOf, makeDataDir } from '../core/host/data-dir.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { argumentOf } from './arguments.ts';
import { EngineWatch } from './engine-watch.ts';
import { connectIpc } from './ipc/connect.ts';
import { setMenu } from './native/menu.ts';
import { denyByDefault } from './security.ts';
import { closeOnQuit } from './shutdown.ts';
import { openWindow } from './window.ts';

/** Names the data folder's own Electron profile: one app per data folder, and no state outside it. */
const dataDir = dataDirOf(argumentOf(process.argv, '--data-dir'));
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
  app.on('second-instance', focusWindow);
  denyByDefault();
  await app.whenReady();
  const core = openCore();
  if (!core) return;
  const engineWatch = new EngineWatch(core.chooser);
  serveApp(fileURLToPath(new URL('../renderer', import.meta.url)));
  connectIpc(core, engineWatch);
  setMenu();
  closeOnQuit(core);
  openWindow(dataDir);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(dataDir);
  });
  engineWatch.start();
  await core.reconcile('follow').catch(reportFault);
}

/** The core, or null when the data folder cannot be used: the person is told why. */
function openCore(): Core | null {
  try {
    return createCore({
      dataDir,
      workerFile: new URL('./snapshot-worker.js', import.meta.url),
      supervisorFile: fileURLToPath(
        new URL('../../resources/process-supervisor.sh', import.meta.url),
      ),
    });
  } catch (error) {
    void refuse(error);
    return null;
  }
}

/** Tells why the data folder cannot be used, and ends. */
async function refuse(error: unknown): Promise<void> {
  await app.whenReady();
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

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

/** A fault is told; that the app was closed meanwhile is none. */
function reportFault(error: unknown): void {
  const data = toErrorData(error);
  if (data.code !== 'E_CANCELLED') process.stderr.write(`slipway: ${JSON.stringify(data)}\n`);
}
