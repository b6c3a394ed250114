import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrowserWindow, dialog, nativeTheme, screen, type Rectangle } from 'electron';
import { pageAddress } from './app-protocol.ts';

const SIZE = { width: 1200, height: 780 };
/** So many crashes of the page are taken as accidents. */
const CRASHES = { most: 3, withinMs: 10_000 };
const CRASHED = {
  message: 'The Slipway window crashes again and again.',
  detail:
    'Runs go on and nothing is lost. Close it and start Slipway again, or use the command line.',
};
const MINIMUM = { minWidth: 900, minHeight: 600 };
/** Drawn before the page is: no white flash in the dark theme. The page's own background colours. */
const BACKGROUND = { light: '#f7f8f9', dark: '#16181b' };

/** Opens the app's window where it was last time. The only place that makes a window. */
export function openWindow(dataDir: string): BrowserWindow {
  const stateFile = join(dataDir, 'window.json');
  const window = new BrowserWindow({
    ...SIZE,
    ...MINIMUM,
    ...lastBounds(stateFile),
    title: 'Slipway',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.on('close', () => saveBounds(stateFile, window.getNormalBounds()));
  reloadAfterCrash(window);
  void window.loadURL(pageAddress());
  return window;
}

/** A page that crashed comes back; one that crashes again and again is not reloaded for ever. */
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

/** The bounds of last time, if they still lie on a screen. */
function lastBounds(file: string): Partial<Rectangle> {
  try {
    const bounds = JSON.parse(readFileSync(file, 'utf8')) as Rectangle;
    const { workArea } = screen.getDisplayMatching(bounds);
    const visible =
      bounds.x < workArea.x + workArea.width &&
      bounds.x + bounds.width > workArea.x &&
      bounds.y >= workArea.y - 8 &&
      bounds.y < workArea.y + workArea.height;
    return visible ? bounds : {};
  } catch {
    return {}; // The first start, or a file that was damaged: the usual size.
  }
}

function saveBounds(file: string, bounds: Rectangle): void {
  try {
    writeFileSync(file, JSON.stringify(bounds));
  } catch {
    // A full disk must not keep the window from closing; the place of the window is no loss.
  }
}
