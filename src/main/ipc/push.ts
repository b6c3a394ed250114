import { BrowserWindow } from 'electron';
import { CHANNELS } from '../../shared/contract/bridge.ts';
import type { EventName, EventPayload } from '../../shared/contract/events.ts';

/** Tells the window something, if there is one. */
export function push<N extends EventName>(name: N, payload: EventPayload<N>): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.webContents.isDestroyed()) window.webContents.send(CHANNELS.event, name, payload);
  }
}
