import {
  dialog,
  type BrowserWindow,
  type MessageBoxOptions,
  type MessageBoxReturnValue,
} from 'electron';

/** Asks in a box of the system, over the window where one is to be seen; a signal that fires cancels it. */
export async function askInBox(
  window: BrowserWindow | null,
  box: MessageBoxOptions,
  signal: AbortSignal,
): Promise<MessageBoxReturnValue> {
  const cancelled = { response: box.cancelId ?? 0, checkboxChecked: false };
  if (signal.aborted) return cancelled;
  const { promise, resolve } = Promise.withResolvers<MessageBoxReturnValue>();
  signal.addEventListener('abort', () => resolve(cancelled), { once: true });
  const options = { ...box, signal };
  const asked =
    window?.isVisible() && !window.isMinimized()
      ? dialog.showMessageBox(window, options)
      : dialog.showMessageBox(options);
  return Promise.race([asked, promise]);
}
