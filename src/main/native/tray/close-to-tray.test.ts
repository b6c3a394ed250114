import { expect, it, vi } from 'vitest';
import { CloseToTray } from './close-to-tray.ts';

function closeToTray({ isWanted = true, isShown = true, trayTold = false } = {}) {
  const window = {
    trayTold,
    hide: vi.fn(),
    rememberTrayTold: vi.fn(() => {
      window.trayTold = true;
    }),
  };
  const notices = { tell: vi.fn(async () => undefined) };
  const presence = { isShown: async () => isShown };
  const toTray = new CloseToTray({ isWanted: () => isWanted, presence, window, notices });
  return { toTray, window, notices };
}

it('hides the window, and says the first time where it went', async () => {
  const { toTray, window, notices } = closeToTray();
  expect([await toTray.hide(), await toTray.hide()]).toEqual([true, true]);
  expect(window.hide).toHaveBeenCalledTimes(2);
  expect(notices.tell).toHaveBeenCalledOnce();
});

it.each([
  ['it is not wanted', { isWanted: false }],
  ['nothing shows a tray', { isShown: false }],
])('leaves the window to be closed when %s', async (_why, more) => {
  const { toTray, window, notices } = closeToTray(more);
  expect(await toTray.hide()).toBe(false);
  expect(window.hide).not.toHaveBeenCalled();
  expect(notices.tell).not.toHaveBeenCalled();
});
