import { fileURLToPath } from 'node:url';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { pageAddress } from './app-protocol.ts';
import { watchPage } from './page-faults.ts';
import { fitBounds, type WindowState } from './window-state.ts';

const SIZE = { width: 1200, height: 780 };
const MINIMUM = { minWidth: 900, minHeight: 600 };
/** Drawn before the page is: no white flash in the dark theme. The page's own background colours. */
const BACKGROUND = { light: '#f7f8f9', dark: '#16181b' };

/** Opens the app's window where it was last time. The only place that makes a window. */
export function openWindow({ bounds, maximized, fullScreen, zoomPercent }: WindowState) {
  const window = new BrowserWindow({
    ...SIZE,
    ...MINIMUM,
    ...(bounds && fitBounds(bounds, screen.getDisplayMatching(bounds).workArea)),
    title: 'Slipway',
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      zoomFactor: zoomPercent / 100,
    },
  });
  if (maximized) window.maximize();
  if (fullScreen) window.setFullScreen(true);
  const repaint = () => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
  watchPage(window);
  void window.loadURL(pageAddress());
  return window;
}

const background = (): string =>
  nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
