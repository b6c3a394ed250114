import type { AppWindow } from '../../app-window.ts';
import type { Notices } from '../notices/notices.ts';
import type { Presence } from './presence.ts';

export interface CloseToTrayParts {
  isWanted(): boolean;
  presence: Pick<Presence, 'isShown'>;
  window: Pick<AppWindow, 'hide' | 'trayTold' | 'rememberTrayTold'>;
  notices: Pick<Notices, 'tell'>;
}

const TOLD = {
  title: 'Slipway goes on in the tray',
  body: 'Its icon brings the window back, and its menu quits. Settings say what closing the window does.',
  target: null,
};

/** Hides the window instead of closing it, when the person wants that and can find it again. */
export class CloseToTray {
  readonly #parts: CloseToTrayParts;

  constructor(parts: CloseToTrayParts) {
    this.#parts = parts;
  }

  /** Whether the window was hidden. The first time, it is said where it went. */
  async hide(): Promise<boolean> {
    const { isWanted, presence, window, notices } = this.#parts;
    if (!isWanted() || !(await presence.isShown())) return false;
    window.hide();
    if (window.trayTold) return true;
    window.rememberTrayTold();
    await notices.tell(TOLD);
    return true;
  }
}
