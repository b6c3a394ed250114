import { spawn, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium } from '@playwright/test';
import { expect, test } from './support/cli.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const APP = join(ROOT, 'dist', `slipway-${process.platform}-${process.arch}`, 'slipway');
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);
/** Chromium's own port for debuggers of pages, which it says on stderr. */
const DEBUGGER = /DevTools listening on (ws:\S+)/;
const NODE_INSPECTOR = /Debugger listening on/;

test.beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'package.mjs')]);
});

test('a package has the switches of the checklist', async () => {
  const fuses = await getCurrentFuseWire(APP);
  expect({
    runAsNode: fuses[FuseV1Options.RunAsNode],
    nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspector: fuses[FuseV1Options.EnableNodeCliInspectArguments],
    otherApps: fuses[FuseV1Options.OnlyLoadAppFromAsar],
    cookies: fuses[FuseV1Options.EnableCookieEncryption],
    files: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges],
  }).toEqual({
    ...{ runAsNode: OFF, nodeOptions: OFF, inspector: OFF },
    ...{ otherApps: ON, cookies: ON, files: OFF },
  });
});

test('a package runs no other code, however it is started, and works', async ({ slipway }) => {
  const proof = join(slipway.dataDir, '..', 'proof');
  const script = join(slipway.dataDir, '..', 'evil.cjs');
  await writeFile(script, `require('node:fs').writeFileSync(${JSON.stringify(proof)}, 'x')`);
  const child = spawn(
    APP,
    [
      ...['--no-sandbox', '--inspect=0', '--remote-debugging-port=0', `--require=${script}`],
      `--data-dir=${slipway.dataDir}`,
    ],
    {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require=${script}` },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    let told = '';
    child.stderr.on('data', (text: Buffer) => (told += text.toString()));
    await expect.poll(() => DEBUGGER.exec(told)?.[1]).toBeTruthy();
    const browser = await chromium.connectOverCDP(DEBUGGER.exec(told)![1]!);
    const page = browser.contexts()[0]!.pages()[0]!;
    await page.locator('html[data-ready="true"]').waitFor();
    // Its workers and the database come out of the archive too.
    const list = await page.evaluate(() =>
      window.slipway.commands.queryRuns({
        ...{ scope: {}, filter: { text: 'x' }, sort: [], groupBy: null, offset: 0, limit: 1 },
      }),
    );
    expect(list).toMatchObject({ ok: true, value: { total: 0 } });
    expect(told).not.toMatch(NODE_INSPECTOR);
    expect(existsSync(proof)).toBe(false);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
});
