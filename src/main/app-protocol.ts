import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { app, protocol } from 'electron';
import { APP_HOST, fileOf } from './served-file.ts';

const SCHEME = 'app';

/** Nothing from outside, no inline scripts. The UI library injects its few style rules. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  // No string becomes markup or script, whoever assigns it.
  "require-trusted-types-for 'script'",
].join('; ');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The app's page: the built one, or while developing that of the dev server. A packaged app has no other. */
export function pageAddress(): string {
  const dev = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  return dev ?? `${SCHEME}://${APP_HOST}/index.html`;
}

/** Scheme and host of {@link pageAddress}. */
export function pageOrigin(): string {
  const { protocol: scheme, host } = new URL(pageAddress());
  return `${scheme}//${host}`;
}

/** Has to be called before the app is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/**
 * Serves the built pages of `root`, and nothing else, to `app://slipway/`. A page's scripts ask the
 * main process as soon as they run, so they are served when `connect` has resolved. That is called
 * when the page itself has been served: starting the page's process takes about as long.
 */
export function serveApp(root: string, connect: () => Promise<unknown>): void {
  protocol.handle(SCHEME, async (request) => {
    const file = await fileOf(root, request.url);
    const type = file && TYPES[extname(file)];
    if (!file || !type) return new Response('Not found', { status: 404 });
    const bytes = await readFile(file);
    if (type === TYPES['.html']) setImmediate(() => void connect());
    else await connect();
    return new Response(bytes, {
      headers: {
        'content-type': type,
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
      },
    });
  });
}
