import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOGIN, TestRegistry } from '../core/engines/docker/testing/registry.ts';
import { hasKeyring, KeyringSession } from '../core/secrets/testing/keyring-session.ts';

const program = fileURLToPath(new URL('./index.ts', import.meta.url));

let dataDir: string;
let address = '';

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** The command line in a process of its own, with `input` on its standard input. */
async function slipway(args: string[], input = ''): Promise<Outcome> {
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address || 'unix:path=/nowhere/bus' };
  const argv = ['--no-warnings', program, '--data-dir', dataDir, '--json', ...args];
  const child = spawn(process.execPath, argv, { env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}

const errorOf = ({ stdout }: Outcome): unknown => (JSON.parse(stdout) as { error: unknown }).error;

/** Whether any file of the data folder holds the text. */
async function isOnDisk(text: string): Promise<boolean> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const bytes = await readFile(join(entry.parentPath, entry.name));
    if (bytes.includes(text)) return true;
  }
  return false;
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'slipway-secret-'));
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe.runIf(process.platform === 'linux')('without a secret store', () => {
  it('lists with a warning, keeps nothing, and says what to do', async () => {
    const list = await slipway(['secret', 'list']);
    expect(list.status).toBe(0);
    expect(JSON.parse(list.stdout)).toEqual({
      problem: expect.stringContaining('docker login'),
      names: [],
    });
    const set = await slipway(['secret', 'set', 'git', 'github.com', '-u', 'me'], 'canary-1\n');
    expect(set.status).toBe(1);
    expect(errorOf(set)).toMatchObject({ code: 'E_SECRET_STORE' });
    expect(set.stdout + set.stderr).not.toContain('canary-1');
    expect(await isOnDisk('canary-1')).toBe(false);
    expect(JSON.parse((await slipway(['secret', 'list'])).stdout)).toMatchObject({ names: [] });
  });
});

describe.runIf(process.platform === 'linux' && hasKeyring())('with GNOME Keyring', () => {
  let session: KeyringSession;
  let registry: TestRegistry;

  beforeAll(async () => {
    session = await KeyringSession.start();
    address = session.address;
    registry = await TestRegistry.start(true);
  });

  afterAll(async () => {
    await session.stop();
    await registry.stop();
  });

  it('keeps a login for a registry once the registry takes it', async () => {
    const login = ['registry', 'login', registry.address, '--username', LOGIN.username];
    const wrong = await slipway(login, 'wrong pony\n');
    expect(wrong.status).toBe(3);
    expect(errorOf(wrong)).toMatchObject({ code: 'E_REGISTRY_AUTH' });
    expect(wrong.stdout + wrong.stderr).not.toContain('pony');
    expect(JSON.parse((await slipway(['secret', 'list'])).stdout)).toEqual({
      problem: null,
      names: [],
    });
    const right = await slipway(login, `${LOGIN.password}\n`);
    const name = `registry:${registry.address}`;
    expect(right).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(right.stdout)).toEqual({ name, kept: true });
    expect(JSON.parse((await slipway(['secret', 'list'])).stdout)).toMatchObject({ names: [name] });
    expect(await isOnDisk(name)).toBe(true);
    expect(await isOnDisk(LOGIN.password)).toBe(false);
    expect((await slipway(['secret', 'remove', name])).status).toBe(0);
    expect(errorOf(await slipway(['secret', 'remove', name]))).toMatchObject({
      code: 'E_NOT_FOUND',
    });
  });

  it('binds a git login to its port, and forgets it where the store cannot be used', async () => {
    const set = await slipway(['secret', 'set', 'git', '127.0.0.1:36935', '-u', 'me'], 'canary-3');
    const name = 'git:127.0.0.1:36935';
    expect(JSON.parse(set.stdout)).toEqual({ name, kept: true });
    address = '';
    try {
      const removed = await slipway(['secret', 'remove', name]);
      expect(removed.status).toBe(0);
      expect(JSON.parse(removed.stdout)).toEqual({ name, removed: true });
      expect(removed.stderr).toContain('warning: The secret store');
      expect(JSON.parse((await slipway(['secret', 'list'])).stdout)).toMatchObject({ names: [] });
    } finally {
      address = session.address;
    }
    expect((await slipway(['secret', 'remove', name])).status).toBe(0);
  });

  it('refuses what cannot be a token or a host, without repeating it', async () => {
    for (const [host, token] of [
      ['github.com', 'canary-2\nsecond line'],
      ['https://me:canary-2@github.com/x', 'token'],
      ['github.com', ''],
    ] as const) {
      const set = await slipway(['secret', 'set', 'git', host, '-u', 'me'], token);
      expect(set.status).toBe(2);
      expect(errorOf(set)).toMatchObject({ code: 'E_SECRET_FORMAT' });
      expect(set.stdout + set.stderr).not.toContain('canary-2');
    }
  });
});
