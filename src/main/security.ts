import { app, session, shell } from 'electron';
import { pageOrigin } from './app-protocol.ts';
import { isOwnPage, isSafeLink } from './link-policy.ts';

/** Pages may copy text; nothing else that asks for a permission is granted. */
const PERMISSIONS = new Set(['clipboard-sanitized-write']);

/** Refuses, for every page there will be, what was not allowed by name: the Electron checklist. */
export function denyByDefault(): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void }, url: string) => {
      if (!isOwnPage(url, pageOrigin())) event.preventDefault();
    };
    contents.on('will-navigate', (event) => stay(event, event.url));
    contents.on('will-frame-navigate', (event) => stay(event, event.url));
    contents.on('will-redirect', (event) => stay(event, event.url));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (isSafeLink(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
  void app.whenReady().then(() => {
    const { defaultSession } = session;
    defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
      answer(PERMISSIONS.has(permission)),
    );
    defaultSession.setPermissionCheckHandler((_contents, permission) =>
      PERMISSIONS.has(permission),
    );
    defaultSession.setDevicePermissionHandler(() => false);
  });
}
