import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { nearestZoom } from './zoom-levels.ts';

/** How the window is to be opened. */
export interface WindowState {
  /** The bounds while neither maximised nor full screen; null for the usual ones. */
  bounds: Rectangle | null;
  maximized: boolean;
  fullScreen: boolean;
  zoomPercent: number;
  /** The person was told that closing leaves Slipway in the tray. */
  trayTold: boolean;
}

export const FIRST_STATE: WindowState = {
  bounds: null,
  maximized: false,
  fullScreen: false,
  zoomPercent: 100,
  trayTold: false,
};

/** Reads what {@link writeState} wrote; whatever else a file holds, it is a state to open with. */
export function parseState(text: string): WindowState {
  const stored = objectIn(text);
  const { zoomPercent } = stored;
  return {
    bounds: boundsOf(stored),
    maximized: stored['maximized'] === true,
    fullScreen: stored['fullScreen'] === true,
    zoomPercent: typeof zoomPercent === 'number' ? nearestZoom(zoomPercent) : 100,
    trayTold: stored['trayTold'] === true,
  };
}

export const formatState = ({ bounds, ...rest }: WindowState): string =>
  JSON.stringify({ ...bounds, ...rest });

export function readState(file: string): WindowState {
  try {
    return parseState(readFileSync(file, 'utf8'));
  } catch {
    return FIRST_STATE; // The first start.
  }
}

export function writeState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, formatState(state));
  } catch {
    // A full disk must not keep the window from closing; the place of the window is no loss.
  }
}

/** A title bar that can still be taken hold of, in px. */
const GRIP = { width: 80, height: 40 };

/**
 * Bounds that can be seen and moved on a screen with this work area; null when they lie elsewhere (a
 * display that is gone).
 */
export function fitBounds(bounds: Rectangle, area: Rectangle): Rectangle | null {
  const { x, y } = bounds;
  const right = Math.min(x + bounds.width, area.x + area.width);
  const isSeen =
    right - Math.max(x, area.x) >= GRIP.width &&
    y >= area.y - 8 &&
    y <= area.y + area.height - GRIP.height;
  if (!isSeen) return null;
  const width = Math.min(bounds.width, area.width);
  return { x, y, width, height: Math.min(bounds.height, area.height) };
}

const LARGEST = 100_000;

/** Whole numbers that the system takes; null unless all four are there. */
function boundsOf(stored: Record<string, unknown>): Rectangle | null {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => stored[key]);
  if (!isNumber(x) || !isNumber(y) || !isNumber(width) || !isNumber(height)) return null;
  const whole = (value: number) => Math.round(Math.max(-LARGEST, Math.min(LARGEST, value)));
  const bounds = { x: whole(x), y: whole(y), width: whole(width), height: whole(height) };
  return bounds.width > 0 && bounds.height > 0 ? bounds : null;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
