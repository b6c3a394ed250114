import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { AppError } from '../../shared/errors.ts';
import { pageOrigin } from '../app-protocol.ts';
import { isOwnPage } from '../link-policy.ts';

/** Whether a message comes from the main frame of one of the app's own pages. */
export function isTrustedSender(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url, pageOrigin());
}

/** @throws AppError `E_IPC_SENDER` */
export function requireTrustedSender(event: IpcMainInvokeEvent): void {
  if (isTrustedSender(event)) return;
  throw new AppError('E_IPC_SENDER', 'A page that is not part of Slipway called it.');
}
