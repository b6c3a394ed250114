import { dialog, type BrowserWindow } from 'electron';

/** So many crashes of the page are taken as accidents. */
const CRASHES = { most: 3, withinMs: 10_000 };
const CRASHED = {
  message: 'The Slipway window crashes again and again.',
  detail:
    'Runs go on and nothing is lost. Close it and start Slipway again, or use the command line.',
};
const HUNG = {
  message: 'The Slipway window does not answer.',
  detail: 'Runs go on whatever you choose. Reloading brings the window back to the same place.',
  buttons: ['Reload', 'Wait'],
  cancelId: 1,
};

/** Brings back a page that crashed, and asks about one that hangs. */
export function watchPage(window: BrowserWindow): void {
  reloadAfterCrash(window);
  askWhenHung(window);
}

/** One that crashes again and again is not reloaded for ever. */
function reloadAfterCrash(window: BrowserWindow): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = performance.now();
    crashes = [...crashes.filter((at) => now - at < CRASHES.withinMs), now];
    if (crashes.length <= CRASHES.most) return window.reload();
    // Not showErrorBox, which would hold up the runs that this process follows.
    void dialog.showMessageBox({ type: 'error', title: 'Slipway', ...CRASHED });
  });
}

function askWhenHung(window: BrowserWindow): void {
  let asking: AbortController | null = null;
  const answered = () => {
    asking?.abort();
    asking = null;
  };
  window.on('unresponsive', () => {
    if (asking) return;
    asking = new AbortController();
    void askToReload(window, asking.signal).finally(answered);
  });
  window.on('responsive', answered);
  window.once('closed', answered);
}

async function askToReload(window: BrowserWindow, signal: AbortSignal): Promise<void> {
  const box = { type: 'warning' as const, title: 'Slipway', ...HUNG, signal };
  const { response } = await dialog.showMessageBox(window, box);
  if (response !== 0 || signal.aborted || window.isDestroyed()) return;
  // A page that hangs does not take a reload; one that was ended is brought back as after a crash.
  window.webContents.forcefullyCrashRenderer();
}
