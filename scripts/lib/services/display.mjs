/** A screen for the end-to-end tests: on Linux an own one, with a window manager, away from the person's. */
import { hasCommand } from '../run.mjs';
import { startDaemon, waitUntil } from './daemon.mjs';

const startLimitMs = 10_000;

/**
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> } | { missing: string }>}
 */
export async function ensureDisplay() {
  if (process.platform !== 'linux') return { env: {}, stop: async () => {} };
  if (!(await hasCommand('Xvfb'))) return { missing: 'no screen: Xvfb is not installed (xvfb)' };
  const screen = startDaemon('xvfb', 'Xvfb', [
    ...['-displayfd', '3'],
    ...['-screen', '0', '1600x1000x24'],
    ...['-nolisten', 'tcp'],
  ]);
  let number = '';
  screen.tells.on('data', (text) => (number += text));
  await waitUntil(() => number.endsWith('\n'), startLimitMs, screen);
  const env = { DISPLAY: `:${number.trim()}`, WAYLAND_DISPLAY: '' };
  return { env, stop: await manageWindows(env, screen.stop) };
}

/** Without a window manager nothing gets the focus, and minimising does nothing. */
async function manageWindows(env, stopScreen) {
  if (!(await hasCommand('openbox'))) return stopScreen;
  const manager = startDaemon('openbox', 'openbox', [], { ...process.env, ...env });
  return async () => {
    await manager.stop();
    await stopScreen();
  };
}
