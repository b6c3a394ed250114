import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { AppError } from '../../shared/errors.ts';
import { APP_ORIGIN } from '../app-protocol.ts';
import { isOwnPage } from '../link-policy.ts';

/** Where the pages come from: the built ones, or in development the dev server's. */
const origin = (): string => {
  const dev = process.env['ELECTRON_RENDERER_URL'];
  return dev ? new URL(dev).origin : APP_ORIGIN;
};

/** Whether a message comes from the main frame of one of the app's own pages. */
export function isTrustedSender(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url, origin());
}

/** @throws AppError `E_IPC_SENDER` */
export function requireTrustedSender(event: IpcMainInvokeEvent): void {
  if (isTrustedSender(event)) return;
  throw new AppError('E_IPC_SENDER', 'A page that is not part of Slipway called it.');
}
