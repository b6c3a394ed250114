import { join } from 'node:path';
import { Menu, type BrowserWindow, type Event } from 'electron';
import type { OpenTarget } from '../shared/contract/events.ts';
import { push } from './ipc/push.ts';
import { textMenu } from './native/menus/text-menu.ts';
import { openWindow } from './window.ts';
import { readState, writeState, type WindowState } from './window-state.ts';
import { zoomAfter, type ZoomStep } from './zoom-levels.ts';

interface InView {
  runId: string | null;
  queueId: string | null;
}

const NOTHING: InView = { runId: null, queueId: null };

/** The app's one window: open or not, shown or not, and what it is to show once its page is there. */
export class AppWindow {
  readonly #file: string;
  #state: WindowState;
  #window: BrowserWindow | null = null;
  #pageIsThere = false;
  #inView: InView = NOTHING;
  /** What waits for the page; the newest of each, so that a hundred links in a second are one. */
  #wanted: { target?: OpenTarget; commandId?: string } = {};
  /** Decides about a wish to close the window; absent before there is anything that could be lost. */
  mayClose: (() => boolean) | null = null;
  /** The person logs out (Windows alone tells a window). */
  onSessionEnd: (() => void) | null = null;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'window.json');
    this.#state = readState(this.#file);
  }

  /** Null when it is closed. */
  get current(): BrowserWindow | null {
    return this.#window;
  }

  get trayTold(): boolean {
    return this.#state.trayTold;
  }

  get hasFocus(): boolean {
    return this.#window !== null && this.#window.isVisible() && this.#window.isFocused();
  }

  /** The run on the screen, while the window has the focus. */
  get runInView(): string | null {
    return this.hasFocus ? this.#inView.runId : null;
  }

  /** The queue on the screen, in the same way. */
  get queueInView(): string | null {
    return this.hasFocus ? this.#inView.queueId : null;
  }

  /** Opens the window if it is closed, and puts it in front. */
  show(): BrowserWindow {
    if (!this.#window) return this.#open();
    if (this.#window.isMinimized()) this.#window.restore();
    if (!this.#window.isVisible()) this.#window.show();
    this.#window.focus();
    return this.#window;
  }

  hide(): void {
    this.#save();
    this.#window?.hide();
  }

  /** Shows a place, as soon as the page is there. */
  open(target: OpenTarget): void {
    this.#wanted.target = target;
    this.show();
    this.#hand();
  }

  /** Does what an item of a menu stands for. */
  run(commandId: string): void {
    this.#wanted.commandId = commandId;
    this.show();
    this.#hand();
  }

  /** What the page says of itself: it is there, and this run or queue is on the screen. */
  reportView(inView: InView): void {
    this.#inView = inView;
    this.#pageIsThere = true;
    this.#hand();
  }

  zoom(step: ZoomStep): number {
    const zoomPercent = zoomAfter(this.#state.zoomPercent, step);
    this.#state = { ...this.#state, zoomPercent };
    this.#window?.webContents.setZoomFactor(zoomPercent / 100);
    this.#save();
    return zoomPercent;
  }

  toggleFullScreen(): void {
    this.#window?.setFullScreen(!this.#window.isFullScreen());
  }

  rememberTrayTold(): void {
    this.#state = { ...this.#state, trayTold: true };
    this.#save();
  }

  #open(): BrowserWindow {
    const window = openWindow(this.#state);
    this.#window = window;
    this.#pageIsThere = false;
    window.on('close', (event) => this.#onClose(event));
    window.on('session-end', () => this.onSessionEnd?.());
    window.once('closed', () => {
      this.#window = null;
      this.#inView = NOTHING;
    });
    this.#followPage(window);
    return window;
  }

  #followPage({ webContents }: BrowserWindow): void {
    const left = () => {
      this.#pageIsThere = false;
      this.#inView = NOTHING;
    };
    webContents.on('render-process-gone', left);
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) left();
    });
    // The profile remembers a zoom of its own for the page.
    webContents.on('dom-ready', () => webContents.setZoomFactor(this.#state.zoomPercent / 100));
    webContents.on('zoom-changed', (_event, direction) => void this.zoom(direction));
    webContents.on('context-menu', (_event, params) => {
      const items = textMenu(params);
      if (items.length > 0) Menu.buildFromTemplate(items).popup();
    });
  }

  #onClose(event: Event): void {
    this.#save();
    if (this.mayClose?.() === false) event.preventDefault();
  }

  #hand(): void {
    if (!this.#pageIsThere) return;
    const { target, commandId } = this.#wanted;
    this.#wanted = {};
    if (target) push('open', target);
    if (commandId !== undefined) push('command', { id: commandId });
  }

  #save(): void {
    const window = this.#window;
    const place = window && {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    };
    this.#state = { ...this.#state, ...place };
    writeState(this.#file, this.#state);
  }
}
