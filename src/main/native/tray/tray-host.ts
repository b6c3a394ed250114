import { askSessionBus } from '../session-bus.ts';

/**
 * Whether something shows tray icons. On Linux it is the host of the StatusNotifierItem specification:
 * other trays cannot be told from none, and a window that is hidden without one could not be found again.
 */
export async function hasTrayHost(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const answer = await askSessionBus({
    service: 'org.kde.StatusNotifierWatcher',
    path: '/StatusNotifierWatcher',
    method: 'org.freedesktop.DBus.Properties.Get',
    words: ['org.kde.StatusNotifierWatcher', 'IsStatusNotifierHostRegistered'],
  });
  return answer !== null && answer.includes('true');
}
