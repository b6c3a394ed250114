import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsRepo } from '../db/settings-repo.ts';
import { testDatabase } from '../db/testing.ts';
import { openSecretStore, type SecretStore } from './secret-store.ts';
import { SecretService } from './secret-service.ts';
import { MemoryKeyring } from './testing/memory-keyring.ts';

const never = new AbortController().signal;

let folder: string;
let keyring: MemoryKeyring;
let store: SecretStore;
let service: SecretService;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-secrets-'));
  keyring = new MemoryKeyring();
  store = openSecretStore(new SettingsRepo(testDatabase().db), keyring);
  service = new SecretService(store, () => Promise.resolve());
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('removing', () => {
  it('tells whether there was one', async () => {
    await store.set('git:a', 'one', never);
    expect(await service.remove('git:a')).toEqual({ removed: true, problem: null });
    expect(await service.remove('git:a')).toEqual({ removed: false, problem: null });
  });

  it('forgets the name where the store cannot be used, and says what is left', async () => {
    await store.set('git:a', 'one', never);
    keyring.broken = true;
    const problem = expect.stringContaining('is still in the store') as string;
    expect(await service.remove('git:a')).toEqual({ removed: true, problem });
    expect(store.list()).toEqual([]);
    const failure = expect.objectContaining({ code: 'E_SECRET_STORE' }) as Error;
    await expect(service.remove('git:a')).rejects.toThrow(failure);
  });
});

describe('key files', () => {
  const key = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----\nAAAA\n`;

  it.each(['', 'OPENSSH ', 'RSA ', 'EC ', 'ENCRYPTED '])('%sPRIVATE KEY is one', async (kind) => {
    const file = join(folder, 'id');
    writeFileSync(file, key(kind));
    expect(await service.saveSshKey('h.org:22', file)).toBe('git-key:h.org');
    expect(await store.get('git-key:h.org', never)).toBe(file);
  });

  it.each([
    ['a public key', 'ssh-ed25519 AAAA me@h\n'],
    ['a public key of another form', '-----BEGIN PUBLIC KEY-----\nAAAA\n'],
    ['an empty file', ''],
    ['a huge file', `${key('')}${'x'.repeat(100_000)}`],
    ['a folder', null],
  ])('%s is none', async (_, text) => {
    const file = join(folder, 'id');
    if (text === null) mkdirSync(file);
    else writeFileSync(file, text);
    const failure = expect.objectContaining({ code: 'E_SECRET_FORMAT' }) as Error;
    await expect(service.saveSshKey('h.org', file)).rejects.toThrow(failure);
    await expect(service.saveSshKey('h.org', `${file}-gone`)).rejects.toThrow(failure);
    expect(store.list()).toEqual([]);
  });
});

describe('secrets for runs', () => {
  it('are kept under their name, and replaced', async () => {
    expect(await service.saveRunSecret('HF_TOKEN', 'one\ntwo')).toBe('run:HF_TOKEN');
    await service.saveRunSecret('HF_TOKEN', 'three');
    expect(await store.get('run:HF_TOKEN', never)).toBe('three');
    expect((await service.list()).names).toEqual(['run:HF_TOKEN']);
    expect(await service.remove('run:HF_TOKEN')).toEqual({ removed: true, problem: null });
  });

  it.each(['', '1A', 'A B', 'A-B', 'A=B', 'run:A', 'Ä', 'A\n', 'A'.repeat(129)])(
    'are not named %j, which is not repeated',
    async (name) => {
      const kept = service.saveRunSecret(name, 'value');
      await expect(kept).rejects.toMatchObject({ code: 'E_SECRET_FORMAT' });
      await expect(kept).rejects.toMatchObject({
        message: 'That cannot be the name of a secret for runs.',
      });
      expect(store.list()).toEqual([]);
    },
  );

  it.each([
    ['', 'is empty'],
    ['a\0b', 'holds what no variable can'],
    ['a\uD800', 'holds what no variable can'],
    ['x'.repeat(16 * 1024 + 1), 'longer than 16384 bytes'],
  ])('do not hold what a variable cannot', async (value, what) => {
    const kept = service.saveRunSecret('A', value);
    await expect(kept).rejects.toMatchObject({ code: 'E_SECRET_FORMAT' });
    await expect(kept).rejects.toThrow(what);
    expect(store.list()).toEqual([]);
  });
});
