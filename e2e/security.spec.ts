import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commandNames } from '../src/shared/contract/commands.ts';
import { expect, test, type App } from './support/app.ts';

test.describe('a page', () => {
  test('has the contract and nothing of Node', async ({ app: { page } }) => {
    const found = await page.evaluate(() => {
      const surface = (value: object): string[] => Object.getOwnPropertyNames(value).sort();
      const bridge = window.slipway;
      return {
        node: ['require', 'process', 'module', 'Buffer', 'global', 'electron', '__dirname'].filter(
          (name) => name in globalThis,
        ),
        bridge: surface(bridge),
        commands: surface(bridge.commands),
        frozen: [bridge, bridge.commands].every((object) => Object.isFrozen(object)),
        kinds: [...new Set(Object.values(bridge.commands).map((value) => typeof value))],
      };
    });
    expect(found).toEqual({
      node: [],
      bridge: ['commands', 'grantDroppedFolder', 'on', 'openLog'],
      commands: [...commandNames].sort(),
      frozen: true,
      kinds: ['function'],
    });
  });

  test('is sandboxed and isolated, in every window', async ({ app: { electron } }) => {
    const preferences = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        const all = (
          contents as unknown as { getLastWebPreferences(): Record<string, boolean | undefined> }
        ).getLastWebPreferences();
        return [
          ...['sandbox', 'contextIsolation', 'nodeIntegration', 'nodeIntegrationInWorker'],
          ...['nodeIntegrationInSubFrames', 'webviewTag', 'webSecurity', 'experimentalFeatures'],
          ...['allowRunningInsecureContent'],
        ].map((name) => `${name}: ${String(all[name] ?? false)}`);
      }),
    );
    expect(preferences).toEqual([
      [
        ...['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false'],
        ...['nodeIntegrationInWorker: false', 'nodeIntegrationInSubFrames: false'],
        ...['webviewTag: false', 'webSecurity: true', 'experimentalFeatures: false'],
        ...['allowRunningInsecureContent: false'],
      ],
    ]);
  });
});

test.describe('the content security policy', () => {
  test('stands in the header of every page and allows nothing from outside', async ({
    app: { page },
  }) => {
    const header = await page.evaluate(async () => {
      const response = await fetch('/index.html');
      return response.headers.get('content-security-policy');
    });
    expect(header).toContain("default-src 'none'");
    expect(header).toContain("script-src 'self';");
    expect(header).toContain("require-trusted-types-for 'script'");
    expect(header).not.toMatch(/unsafe-eval|https?:|\*|blob:/);
  });

  test('stops inline scripts, eval, remote images and the network', async ({ app: { page } }) => {
    let hits = 0;
    const server = createServer((_request, response) => {
      hits += 1;
      response.setHeader('access-control-allow-origin', '*').end('here');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const directives = await page.evaluate(async (url) => {
      const seen = new Set<string>();
      document.addEventListener('securitypolicyviolation', (event) => {
        seen.add(event.effectiveDirective);
      });
      try {
        const script = document.createElement('script');
        script.append('window.hacked = true');
        document.head.append(script);
      } catch {
        seen.add('script refused');
      }
      // In a task of the page's own: what a debugger runs may always evaluate.
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          try {
            // oxlint-disable-next-line no-eval -- this is what must be refused
            (0, eval)('window.hacked = true');
          } catch {
            seen.add('eval refused');
          }
          resolve();
        });
      });
      new Image().src = `${url}/pixel`;
      await fetch(`${url}/data`).catch(() => undefined);
      navigator.sendBeacon(`${url}/beacon`);
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
      try {
        new Worker(URL.createObjectURL(new Blob(['1']))).terminate();
      } catch {
        seen.add('worker refused');
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      return [...seen, ...('hacked' in window ? ['hacked'] : [])].sort();
    }, address);
    server.close();
    expect(directives).toEqual([
      ...['connect-src', 'eval refused', 'frame-src', 'img-src'],
      ...['require-trusted-types-for', 'script refused', 'worker refused'],
    ]);
    expect(hits).toBe(0);
  });
});

test.describe('leaving the app', () => {
  /** Replaces the system's way to open links; returns what it was asked for. */
  const linksAskedFor = async ({ electron }: App): Promise<() => Promise<string[]>> => {
    await electron.evaluate(({ shell }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      shell.openExternal = async (url) => void asked.push(url);
    });
    return () => electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  };

  test('navigation is refused, by whatever means', async ({ app: { page } }) => {
    const before = page.url();
    const title = await page.locator('h1').first().textContent();
    const places = [
      'https://example.invalid/',
      'file:///etc/passwd',
      'data:text/html,x',
      'app://other/',
    ];
    for (const place of places) {
      await page.evaluate((url) => {
        location.href = url;
        const link = Object.assign(document.createElement('a'), { href: url });
        document.body.append(link);
        link.click();
        const form = Object.assign(document.createElement('form'), { action: url, method: 'post' });
        document.body.append(form);
        form.submit();
      }, place);
      await page.waitForTimeout(100);
      expect(page.url()).toBe(before);
    }
    expect(title).not.toBe('');
    expect(await page.locator('h1').first().textContent()).toBe(title);
  });

  test('nor by a page that refreshes itself, a middle click, or something dropped', async ({
    app: { page, electron },
  }) => {
    const before = page.url();
    await page.evaluate(() => {
      const refresh = Object.assign(document.createElement('meta'), {
        httpEquiv: 'refresh',
        content: '0; url=https://example.invalid/',
      });
      document.head.append(refresh);
      const link = Object.assign(document.createElement('a'), {
        href: 'https://user@example.invalid/',
        textContent: 'link',
      });
      document.body.append(link);
      for (const more of [{ button: 1 }, { ctrlKey: true }, { shiftKey: true }]) {
        link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...more }));
        link.dispatchEvent(
          new MouseEvent('auxclick', { bubbles: true, cancelable: true, ...more }),
        );
      }
    });
    const session = await page.context().newCDPSession(page);
    const place = { x: 600, y: 400 };
    const items = [
      { mimeType: 'text/uri-list', data: 'https://example.invalid/' },
      { mimeType: 'text/html', data: '<a href="file:///etc/passwd">x</a>' },
    ];
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items, dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { type, ...place, data });
    }
    await page.waitForTimeout(300);
    expect(page.url()).toBe(before);
    const pages = await electron.evaluate(
      ({ webContents }) => webContents.getAllWebContents().length,
    );
    expect(pages).toBe(1);
  });

  test('no page gets into a page', async ({ app: { page, electron } }) => {
    const markup = await page.evaluate(async () => {
      const guest = Object.assign(document.createElement('webview'), { src: 'app://slipway/' });
      const frame = Object.assign(document.createElement('iframe'), {
        src: 'app://slipway/index.html',
      });
      document.body.append(guest, frame);
      const refused = (action: () => void): boolean => {
        try {
          action();
          return false;
        } catch {
          return true;
        }
      };
      const strings = [
        () => (document.body.innerHTML = '<img src=x onerror="window.hacked = true">'),
        () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'),
        () => (document.createElement('script').text = 'window.hacked = true'),
        () => (document.createElement('object').data = 'app://slipway/index.html'),
      ].map(refused);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { strings, hacked: 'hacked' in window, inner: frame.contentDocument?.body.innerHTML };
    });
    expect(markup).toEqual({ strings: [true, true, true, true], hacked: false });
    const pages = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.mainFrame.framesInSubtree.length),
    );
    expect(pages[0]).toBeLessThanOrEqual(2);
    expect(pages).toHaveLength(1);
  });

  test('no new window opens; only a plain https link is handed to the system', async ({ app }) => {
    const asked = await linksAskedFor(app);
    const links = [
      ...[
        'file:///etc/passwd',
        'smb://host/share',
        'vbscript:x',
        'javascript:alert(1)',
        'about:blank',
      ],
      ...['https://user@host.invalid/', 'http://host.invalid/', 'app://slipway/index.html'],
      ...[`https://host.invalid/${'x'.repeat(4000)}`, 'https://docs.example.invalid/page'],
    ];
    await app.page.evaluate((urls) => {
      for (const url of urls) window.open(url, '_blank');
    }, links);
    await expect.poll(asked).toEqual(['https://docs.example.invalid/page']);
    const windows = await app.electron.evaluate(
      ({ webContents }) => webContents.getAllWebContents().length,
    );
    expect(windows).toBe(1);
  });

  test('permissions are refused', async ({ app: { page } }) => {
    const devices = await page.evaluate(async () => {
      type Device = {
        requestDevice?(options: object): Promise<unknown>;
        requestPort?(): Promise<unknown>;
      };
      const of = (name: string): Device | undefined =>
        (navigator as unknown as Record<string, Device | undefined>)[name];
      const asked = [
        of('usb')?.requestDevice?.({ filters: [] }),
        of('hid')?.requestDevice?.({ filters: [] }),
        of('serial')?.requestPort?.(),
      ].map((answer) =>
        Promise.resolve(answer).then(
          (value) => (Array.isArray(value) ? value.length === 0 : value === undefined),
          () => true,
        ),
      );
      return Promise.all(asked);
    });
    expect(devices).toEqual([true, true, true]);
    const answers = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'];
      const states = await Promise.all(
        names.map(async (name) => {
          const status = await navigator.permissions.query({ name: name as PermissionName });
          return `${name}: ${status.state}`;
        }),
      );
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        () => 'refused',
      );
      const screen = await navigator.mediaDevices.getDisplayMedia({ video: true }).then(
        () => 'given',
        () => 'refused',
      );
      return [
        ...states,
        `media: ${media}`,
        `screen: ${screen}`,
        await Notification.requestPermission(),
      ];
    });
    expect(answers).toEqual([
      ...['geolocation: denied', 'notifications: denied', 'camera: denied', 'microphone: denied'],
      ...['midi: denied', 'media: refused', 'screen: refused', 'denied'],
    ]);
  });
});

test('the app scheme serves its own pages and nothing else', async ({ app: { page } }) => {
  const statuses = await page.evaluate(async (paths) => {
    const status = (path: string) =>
      fetch(path).then(
        (response) => response.status,
        () => 'blocked',
      );
    return Object.fromEntries(await Promise.all(paths.map(async (p) => [p, await status(p)])));
  }, TRAVERSALS);
  expect(new Set(Object.values(statuses))).toEqual(new Set([404, 'blocked']));
  expect(await page.evaluate(() => fetch('/index.html').then((r) => r.status))).toBe(200);
});

const TRAVERSALS = [
  ...[
    '/../main/index.js',
    '/..%2fmain%2findex.js',
    '/%2e%2e/main/index.js',
    '/..%5cmain%5cindex.js',
  ],
  ...['/%2e%2e%2f%2e%2e%2fpackage.json', '//etc/passwd', '/%00', '/%', '/', '/assets', '/assets/'],
  ...['app://other/index.html', 'app://slipway@evil/index.html', 'file:///etc/passwd'],
];
