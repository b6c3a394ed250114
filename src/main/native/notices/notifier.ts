import { Notification } from 'electron';
import { askSessionBus } from '../session-bus.ts';

/** A notification without this reference is collected as garbage, and a click on it does nothing. */
const SHOWN_LIMIT = 50;
const shown = new Set<Notification>();

/**
 * Shows a notification. False where there is no service for them: asked before, and from outside, because
 * Electron waits for the service in the main process.
 */
export async function notify(
  { title, body }: { title: string; body: string },
  onClick: () => void,
): Promise<boolean> {
  if (!(await canNotify())) return false;
  const notification = new Notification({ title, body: bodyText(body) });
  const forget = () => shown.delete(notification);
  notification.on('click', () => {
    forget();
    onClick();
  });
  notification.on('failed', forget);
  shown.add(notification);
  const [oldest] = shown;
  if (shown.size > SHOWN_LIMIT && oldest) shown.delete(oldest);
  notification.show();
  return true;
}

async function canNotify(): Promise<boolean> {
  if (process.platform === 'linux') {
    const answer = await askSessionBus({
      service: 'org.freedesktop.Notifications',
      path: '/org/freedesktop/Notifications',
      method: 'org.freedesktop.Notifications.GetServerInformation',
    });
    if (answer === null) return false;
  }
  return Notification.isSupported();
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** On Linux a body is markup (Desktop Notifications Specification, "Markup"). */
const bodyText = (text: string): string =>
  process.platform === 'linux' ? text.replaceAll(/[&<>]/g, (sign) => ENTITIES[sign]!) : text;
