import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { SettingsRepo } from '../db/settings-repo.ts';
import { testDatabase } from '../db/testing.ts';
import { toErrorData } from '../../shared/errors.ts';
import { gitCredentials, registryCredentials } from './credentials.ts';
import { openSecretStore, type SecretStore } from './secret-store.ts';
import { MemoryKeyring } from './testing/memory-keyring.ts';

const never = new AbortController().signal;
const canary = 'canary-7f3a';

let keyring: MemoryKeyring;
let settings: SettingsRepo;
let file: string;
let store: SecretStore;

beforeEach(() => {
  const { db } = testDatabase();
  file = db.file;
  keyring = new MemoryKeyring();
  settings = new SettingsRepo(db);
  store = openSecretStore(settings, keyring);
});

describe('SecretStore', () => {
  it('keeps, lists, gives back and removes', async () => {
    await store.set('registry:b:5000', 'two', never);
    await store.set('git:a', 'one', never);
    await store.set('git:a', 'other', never);
    expect(store.list()).toEqual(['git:a', 'registry:b:5000']);
    expect(await store.get('git:a', never)).toBe('other');
    expect(await store.remove('git:a', never)).toBe(true);
    expect(await store.remove('git:a', never)).toBe(false);
    expect(await store.get('git:a', never)).toBeNull();
    expect(store.list()).toEqual(['registry:b:5000']);
    expect([...keyring.values.values()]).toEqual(['two']);
  });

  it('stamps each value anew, also when it could not be kept, without asking the system', async () => {
    expect(store.stamp('run:A')).toBeNull();
    await store.set('run:A', 'one', never);
    const stamps = [store.stamp('run:A'), store.stamp('run:A')];
    await store.set('run:A', 'one', never);
    stamps.push(store.stamp('run:A'));
    keyring.broken = true;
    await store.set('run:A', 'two', never).catch(() => undefined);
    stamps.push(store.stamp('run:A'));
    expect(new Set(stamps).size).toBe(3);
    expect(stamps[0]).toBe(stamps[1]);
  });

  it('keeps the secrets of two data folders apart', async () => {
    const other = openSecretStore(new SettingsRepo(testDatabase().db), keyring);
    await store.set('git:a', 'one', never);
    await other.set('git:a', 'two', never);
    expect(await store.get('git:a', never)).toBe('one');
    await other.remove('git:a', never);
    expect(await store.get('git:a', never)).toBe('one');
  });

  it('asks the system for nothing that is not listed', async () => {
    expect(await store.get('git:a', never)).toBeNull();
    expect(store.list()).toEqual([]);
    expect(keyring.calls).toBe(0);
  });

  it('writes names into the database, and no value', async () => {
    await store.set('git:a', canary, never);
    const bytes = ['', '-wal'].map((end) => {
      try {
        return readFileSync(file + end).toString('latin1');
      } catch {
        return '';
      }
    });
    expect(bytes.join('')).toContain('git:a');
    expect(bytes.join('')).not.toContain(canary);
  });

  it('says what to do where there is no store, and lists no name then', async () => {
    keyring.broken = true;
    const failure = { code: 'E_SECRET_STORE', next: expect.stringContaining('credential helper') };
    await expect(store.set('git:a', canary, never)).rejects.toMatchObject(failure);
    expect(store.list()).toEqual([]);
    expect(await store.status(never)).toMatchObject({ available: false, fix: failure.next });
    expect(await store.get('git:a', never)).toBeNull();
  });

  it('does not forget a name when its new value cannot be kept; does when it is removed', async () => {
    await store.set('git:a', 'one', never);
    keyring.broken = true;
    await expect(store.set('git:a', 'two', never)).rejects.toMatchObject({
      code: 'E_SECRET_STORE',
    });
    expect(store.list()).toEqual(['git:a']);
    await expect(store.get('git:a', never)).rejects.toMatchObject({ code: 'E_SECRET_STORE' });
    await expect(store.remove('git:a', never)).rejects.toMatchObject({ code: 'E_SECRET_STORE' });
    expect(store.list()).toEqual([]);
    keyring.broken = false;
    // The value is still there: removing it again removes it.
    expect(await store.remove('git:a', never)).toBe(true);
    expect(keyring.values.size).toBe(0);
  });

  it.each(['x', 'git:', 'git:A', 'git:a b', 'git:a/b', 'npm:a', 'git:a\n', '', 'git:-%'])(
    'keeps nothing under the name %j',
    async (name) => {
      await expect(store.set(name, 'x', never)).rejects.toMatchObject({ code: 'E_SECRET_FORMAT' });
      expect(keyring.calls).toBe(0);
    },
  );
});

describe('credentials', () => {
  it('of git are found by host, whatever form it was given in', async () => {
    const git = gitCredentials(store);
    const login = { username: 'me', password: canary };
    await git.set('https://GitHub.com/owner/repo.git', login, never);
    expect(await git.get('github.com', never)).toEqual(login);
    expect(await git.get('gitlab.com', never)).toBeNull();
    await git.setSshKey('git@github.com:owner/repo.git', '/home/me/.ssh/id', never);
    expect(await git.sshKey('github.com', never)).toBe('/home/me/.ssh/id');
    expect(store.list()).toEqual(['git-key:github.com', 'git:github.com']);
  });

  it.each([
    ['127.0.0.1:36935', 'git:127.0.0.1:36935'],
    ['github.com:443', 'git:github.com'],
    ['https://github.com:0443/x', 'git:github.com'],
    ['https://h.org:8443/a/b.git', 'git:h.org:8443'],
    ['http://localhost/x', 'git:localhost:80'],
    ['http://[::1]:81/x', 'git:[::1]:81'],
    ['git@h.org:a/b', 'git:h.org'],
  ])('of git for %s are kept as %s', async (host, name) => {
    const git = gitCredentials(store);
    await git.set(host, { username: 'me', password: canary }, never);
    expect(store.list()).toEqual([name]);
    expect(await git.get('h.org:1', never)).toBeNull();
    await expect(git.set('h.org:70000', { username: 'a', password: 'b' }, never)).rejects.toThrow(
      expect.objectContaining({ code: 'E_SECRET_FORMAT' }),
    );
  });

  it('of registries are found by host and port', async () => {
    const registry = registryCredentials(store);
    const login = { username: 'me', password: canary };
    await registry.set('https://index.docker.io/v1/', login, never);
    expect(await registry.get('docker.io', never)).toEqual(login);
    await registry.set('host:5000', login, never);
    expect(await registry.get('host', never)).toBeNull();
    expect(await registry.get('host:5000', never)).toEqual(login);
  });

  it.each([
    ['a line break', 'host', { username: 'me', password: `${canary}\n` }],
    ['a carriage return', 'host', { username: 'me', password: `${canary}\r` }],
    ['a NUL', 'host', { username: 'me', password: `${canary}\0` }],
    ['a huge password', 'host', { username: 'me', password: canary.repeat(1000) }],
    ['no password', 'host', { username: canary, password: '' }],
    ['no user', 'host', { username: '', password: canary }],
    ['a user of two lines', 'host', { username: `a\n${canary}`, password: canary }],
    ['a password in the address', `https://me:${canary}@host/x`, { username: 'a', password: 'b' }],
    ['a token before the host', `${canary}@host`, { username: 'a', password: 'b' }],
    ['a path', `host/${canary}`, { username: 'a', password: 'b' }],
    ['spaces', `ho st ${canary}`, { username: 'a', password: 'b' }],
    ['a long host', canary.repeat(100), { username: 'a', password: 'b' }],
  ])('refuse %s without repeating anything', async (_what, host, login) => {
    const failed = await gitCredentials(store)
      .set(host, login, never)
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'E_SECRET_FORMAT' });
    expect(JSON.stringify(toErrorData(failed))).not.toContain(canary);
    expect(keyring.calls).toBe(0);
    expect(store.list()).toEqual([]);
  });

  it.each(['', '{', '3', '{"username":"me"}'])(
    'take %j in the store for no login',
    async (text) => {
      await store.set('git:host', text, never);
      expect(await gitCredentials(store).get('host', never)).toBeNull();
    },
  );
});
