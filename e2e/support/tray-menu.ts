import { expect, type App } from './app.ts';

/** Makes the newest menu of the tray known to the test. */
export async function keepTrayMenu({ electron }: App): Promise<void> {
  // Tried again: an answer of a busy main process is sometimes collected as garbage on its way.
  await expect(() =>
    electron.evaluate(({ Tray }) => {
      const { setContextMenu } = Tray.prototype;
      Tray.prototype.setContextMenu = function keep(menu) {
        Object.assign(globalThis, { trayMenu: menu });
        setContextMenu.call(this, menu);
      };
    }),
  ).toPass();
}

/** Chooses an item of the tray's menu, as soon as it is there. */
export async function chooseInTray({ electron }: App, label: string): Promise<void> {
  const choose = () =>
    electron.evaluate((_, wanted) => {
      const { trayMenu } = globalThis as unknown as { trayMenu?: Electron.Menu };
      const item = trayMenu?.items.find((each) => each.label === wanted);
      item?.click();
      return item !== undefined;
    }, label);
  await expect.poll(choose).toBe(true);
}
